package ollamaweb.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the page's own files, which {@code src/main/web} holds: from the jar, or from a folder. */
final class SiteFiles {

    private static final String FOLDER = "web/";

    private SiteFiles() {}

    /** @return what was built into the jar (or the classes), by path below {@code web/} */
    static Map<String, byte[]> built() {
        var index = SiteFiles.class.getResource("/" + FOLDER + Site.INDEX);
        if (index == null) {
            throw new IllegalStateException("This build has no page: " + FOLDER + Site.INDEX + " is missing");
        }
        try {
            return index.getProtocol().equals("jar")
                    ? inJar((JarURLConnection) index.openConnection())
                    : in(Path.of(new URI(index.toString())).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the files of a folder that the page may consist of, by path below it */
    static Map<String, byte[]> in(Path folder) throws IOException {
        var found = new TreeMap<String, byte[]>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString().replace('\\', '/');
                if (MediaTypes.of(name) != null) {
                    found.put(name, Files.readAllBytes(file));
                }
            }
        }
        return found;
    }

    private static Map<String, byte[]> inJar(JarURLConnection index) throws IOException {
        var found = new TreeMap<String, byte[]>();
        index.setUseCaches(false);
        try (var jar = index.getJarFile()) {
            for (var entry : jar.stream().filter(entry -> entry.getName().startsWith(FOLDER)).toList()) {
                var name = entry.getName().substring(FOLDER.length());
                if (!entry.isDirectory() && MediaTypes.of(name) != null) {
                    try (var in = jar.getInputStream(entry)) {
                        found.put(name, in.readAllBytes());
                    }
                }
            }
        }
        return found;
    }
}

package ollamaweb.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import ollamaweb.concurrent.Threads;

/**
 * Where the page comes from: the jar, read when it is first asked for and kept; or, for who works on it, a folder that is
 * read again whenever the document is asked for. The folder is named by the system property {@value #FOLDER}.
 */
public final class SiteSource {

    private static final String FOLDER = "ollamaweb.web";
    private static final SiteSource JAR = new SiteSource(null);

    private final Path folder;
    private Map<String, byte[]> libraries;
    private volatile Site site;

    /** @param folder to read from, or null for what was built in */
    SiteSource(Path folder) {
        this.folder = folder;
    }

    /** @return the source that the system property names, or the jar */
    public static SiteSource ofProperty() {
        var folder = System.getProperty(FOLDER);
        return folder == null ? JAR : new SiteSource(Path.of(folder));
    }

    /** Reads and compresses the files before anybody asks for them; nobody waits for it. */
    public void prepare() {
        Threads.daemon("page-files", () -> current().compress()).start();
    }

    /** @return whether the files stay what they are while the server runs */
    boolean isFixed() {
        return folder == null;
    }

    /** @return the files that belong to the document that was last sent */
    Site current() {
        var known = site;
        return known == null ? latest() : known;
    }

    /** @return the files as they are now */
    synchronized Site latest() {
        if (site == null || !isFixed()) {
            site = read();
        }
        return site;
    }

    private Site read() {
        if (libraries == null) {
            libraries = Libraries.files();
        }
        try {
            var own = folder == null ? SiteFiles.built() : SiteFiles.in(folder);
            return new Site(own, libraries, Libraries.importNames(), isFixed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (isFixed()) {
                libraries = null;
            }
        }
    }
}

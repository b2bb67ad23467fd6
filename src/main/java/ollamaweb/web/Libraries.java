package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The browser libraries, from the webjars in the pom: which of their files the page may load, under {@code lib/}, and by
 * which names its modules import them.
 */
final class Libraries {

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String FOLDER = "lib/";
    private static final Pattern SOURCE_MAP = Pattern.compile("\\n?//# sourceMappingURL=\\S*\\s*$");

    /** The parts of Lit in the order they build on each other; they are ES modules already. */
    private static final List<Library> MODULES = List.of(
            new Library("lit__reactive-element", "2.0.4", List.of("reactive-element.js", "css-tag.js")),
            new Library("lit-html", "3.2.1", List.of(
                    "lit-html.js", "is-server.js", "directive.js", "directive-helpers.js", "async-directive.js", "static.js",
                    "directives/cache.js", "directives/choose.js", "directives/class-map.js", "directives/guard.js",
                    "directives/if-defined.js", "directives/join.js", "directives/keyed.js", "directives/live.js",
                    "directives/map.js", "directives/private-async-helpers.js", "directives/range.js", "directives/ref.js",
                    "directives/repeat.js", "directives/template-content.js", "directives/unsafe-html.js",
                    "directives/until.js", "directives/when.js")),
            new Library("lit-element", "4.1.1", List.of("lit-element.js")),
            new Library("lit", "3.2.1", List.of("index.js")));

    /** Bundles for CommonJS or a plain script; their one export becomes the default export of a module. */
    private static final List<Library> BUNDLES = List.of(
            new Library("markdown-it", "14.1.0", List.of("dist/markdown-it.min.js")),
            new Library("dompurify", "3.3.3", List.of("dist/purify.min.js")),
            new Library("highlightjs", "11.11.1", List.of("highlight.min.js")),
            new Library("katex", "0.18.11", List.of("dist/katex.min.js")),
            new Library("chart.js", "4.4.9", List.of("dist/chart.umd.js")));

    private static final Library KATEX_STYLE = new Library("katex", "0.18.11", List.of(
            "dist/katex.min.css",
            "dist/fonts/KaTeX_AMS-Regular.woff2", "dist/fonts/KaTeX_Caligraphic-Bold.woff2",
            "dist/fonts/KaTeX_Caligraphic-Regular.woff2", "dist/fonts/KaTeX_Fraktur-Bold.woff2",
            "dist/fonts/KaTeX_Fraktur-Regular.woff2", "dist/fonts/KaTeX_Main-Bold.woff2",
            "dist/fonts/KaTeX_Main-BoldItalic.woff2", "dist/fonts/KaTeX_Main-Italic.woff2",
            "dist/fonts/KaTeX_Main-Regular.woff2", "dist/fonts/KaTeX_Math-BoldItalic.woff2",
            "dist/fonts/KaTeX_Math-Italic.woff2", "dist/fonts/KaTeX_SansSerif-Bold.woff2",
            "dist/fonts/KaTeX_SansSerif-Italic.woff2", "dist/fonts/KaTeX_SansSerif-Regular.woff2",
            "dist/fonts/KaTeX_Script-Regular.woff2", "dist/fonts/KaTeX_Size1-Regular.woff2",
            "dist/fonts/KaTeX_Size2-Regular.woff2", "dist/fonts/KaTeX_Size3-Regular.woff2",
            "dist/fonts/KaTeX_Size4-Regular.woff2", "dist/fonts/KaTeX_Typewriter-Regular.woff2"));

    private static final Map<String, String> NAMES = names();

    private Libraries() {}

    /** @param files the paths in the webjar's folder */
    private record Library(String webjar, String version, List<String> files) {

        byte[] bytes(String file) {
            var resource = WEBJARS + webjar + "/" + version + "/" + file;
            try (var in = Libraries.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new FileNotFoundException(resource);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String place(String file) {
            return FOLDER + webjar + "/" + file.replaceFirst("^dist/", "");
        }
    }

    /** @return every file by its path below the page's root */
    static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        MODULES.forEach(
                library -> library.files().forEach(file -> files.put(library.place(file), script(library.bytes(file)).getBytes(UTF_8))));
        BUNDLES.forEach(library -> library.files()
                .forEach(file -> files.put(library.place(file), module(script(library.bytes(file))).getBytes(UTF_8))));
        KATEX_STYLE.files().forEach(file -> files.put(KATEX_STYLE.place(file), KATEX_STYLE.bytes(file)));
        return files;
    }

    /** @return what a module writes after {@code from}, and the path below the page's root that it stands for */
    static Map<String, String> importNames() {
        return NAMES;
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("lit", "lib/lit/index.js");
        names.put("lit/directives/", "lib/lit-html/directives/");
        names.put("lit/directive.js", "lib/lit-html/directive.js");
        names.put("lit/async-directive.js", "lib/lit-html/async-directive.js");
        names.put("lit/static-html.js", "lib/lit-html/static.js");
        names.put("lit-html", "lib/lit-html/lit-html.js");
        names.put("lit-html/", "lib/lit-html/");
        names.put("lit-element/", "lib/lit-element/");
        names.put("@lit/reactive-element", "lib/lit__reactive-element/reactive-element.js");
        names.put("markdown-it", "lib/markdown-it/markdown-it.min.js");
        names.put("dompurify", "lib/dompurify/purify.min.js");
        names.put("katex", "lib/katex/katex.min.js");
        names.put("chart.js", "lib/chart.js/chart.umd.js");
        return names;
    }

    private static String script(byte[] bytes) {
        return SOURCE_MAP.matcher(new String(bytes, UTF_8)).replaceFirst("");
    }

    /** Nothing of a bundle becomes a global name. */
    private static String module(String bundle) {
        return "const module={exports:{}};const exports=module.exports;\n" + bundle + "\nexport default module.exports;\n";
    }
}

package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ollamaweb.json.Json;

/**
 * The application's one HTML document, made of {@code index.html}. What the first paint needs is in it, so that a browser
 * draws as soon as it has read it: the style sheets as one inline sheet, the plain scripts inline. The modules are asked for
 * after that, all of them at once. The policy allows the inline parts by their hashes.
 */
final class IndexDocument {

    private static final Pattern STYLE_SHEET = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">\\n?");
    private static final Pattern PLAIN_SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"></script>");
    private static final Pattern RELATIVE = Pattern.compile("(<(?:link|script|img)\\b[^>]*?\\s(?:href|src)=\")(?![/#]|[a-z]+:)");
    private static final String IMPORT_MAP = "<!-- import map -->";
    private static final Pattern PRELOADS = Pattern.compile("<!-- preloads (\\S+) -->");

    private final Map<String, byte[]> files;
    private final List<String> scriptHashes = new ArrayList<>();
    private final String text;
    private final String style;

    /**
     * @param source     {@code index.html}; relative addresses in it mean files beside it; the comment {@code import map} is
     *                   where that goes, {@code preloads MODULE} where the module's imports are named, but for those that an
     *                   earlier such comment stands for
     * @param files      all files by path
     * @param folder     where they are served, from the root
     * @param importMap  as JSON
     * @param graph      of the modules among them
     */
    IndexDocument(String source, Map<String, byte[]> files, String folder, Map<String, ?> importMap, ImportGraph graph) {
        this.files = files;
        this.style = content(styleSheets(source).stream().map(this::file).collect(Collectors.joining("\n")));
        var scripts = PLAIN_SCRIPT.matcher(source)
                .replaceAll(found -> Matcher.quoteReplacement("<script>" + script(file(found.group(1))) + "</script>"));
        var names = "<script type=\"importmap\">" + script(Json.write(importMap)) + "</script>";
        var withoutSheets = STYLE_SHEET.matcher(scripts).replaceAll("").replace("</head>", "<style>" + style + "</style>\n</head>");
        var withNames = RELATIVE.matcher(withoutSheets).replaceAll("$1" + folder + "/").replace(IMPORT_MAP, names);
        this.text = withPreloads(withNames, folder, graph);
    }

    /** @return the paths of the files that are part of the document itself and are not served beside it */
    static Set<String> inlined(String source) {
        var inlined = new LinkedHashSet<>(styleSheets(source));
        PLAIN_SCRIPT.matcher(source).results().forEach(found -> inlined.add(found.group(1)));
        return inlined;
    }

    /** @return the modules whose imports are named ahead, in the order of the comments that do so */
    static List<String> preloaded(String source) {
        return PRELOADS.matcher(source).results().map(comment -> comment.group(1)).toList();
    }

    /** @return the document as it is sent */
    String text() {
        return text;
    }

    /**
     * @return the value of {@code Content-Security-Policy}. The two policies that make HTML are Lit's, for templates written
     *         by us, and the sanitizer's; the third one starts the worker that colours code
     */
    String policy() {
        return "default-src 'none'; script-src 'self'" + String.join("", scriptHashes) + "; style-src 'self'" + hash(style)
                + "; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
                + "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types lit-html dompurify highlight";
    }

    private static List<String> styleSheets(String source) {
        return STYLE_SHEET.matcher(source).results().map(found -> found.group(1)).toList();
    }

    /** Without preloads a browser would find each module only after it has read the one that imports it. */
    private static String withPreloads(String document, String folder, ImportGraph graph) {
        var named = new LinkedHashSet<String>();
        return PRELOADS.matcher(document).replaceAll(comment -> graph.needs(comment.group(1)).stream()
                .filter(named::add)
                .map(name -> "<link rel=\"modulepreload\" href=\"" + folder + "/" + name + "\">")
                .collect(Collectors.joining("\n")));
    }

    private String script(String code) {
        var content = content(code);
        scriptHashes.add(hash(content));
        return content;
    }

    private String file(String path) {
        var bytes = files.get(path);
        if (bytes == null) {
            throw new IllegalStateException(Site.INDEX + " names " + path + ", which is not there");
        }
        return new String(bytes, UTF_8);
    }

    /** An end tag within the content would end the element. */
    private static String content(String text) {
        if (text.contains("</")) {
            throw new IllegalStateException("What is part of " + Site.INDEX + " must not contain </");
        }
        return text;
    }

    private static String hash(String content) {
        return " 'sha256-" + Hashes.base64(content.getBytes(UTF_8)) + "'";
    }
}

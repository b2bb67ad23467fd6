package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ollamaweb.json.Json;

/**
 * The page's files as they are served. All of them lie in one folder whose name is a hash of their content, so that a
 * browser may keep them for good and modules import each other by plain relative paths. Bare names, as in
 * {@code import {html} from 'lit'}, are resolved by an import map, the one inline script, which the policy allows by its hash.
 */
final class Site {

    static final String INDEX = "index.html";
    static final String ASSETS = "/assets/";
    private static final String IMPORT_MAP = "<!-- import map -->";
    private static final Pattern RELATIVE = Pattern.compile("(<(?:link|script|img)\\b[^>]*?\\s(?:href|src)=\")(?![/#]|[a-z]+:)");
    private static final Pattern MAIN = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"");
    private static final int HASH_DIGITS = 16;

    private final String folder;
    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final Asset index;
    private final String indexTag;
    private final String policy;

    /**
     * @param own         the page's own files by path. In {@code index.html}, relative addresses mean files beside it, and
     *                    the comment {@code import map} is where the import map and the preloads go
     * @param libraries   the files of the libraries by path
     * @param importNames what modules may import by name, and the path it stands for
     */
    Site(Map<String, byte[]> own, Map<String, byte[]> libraries, Map<String, String> importNames) {
        var files = new TreeMap<>(own);
        files.putAll(libraries);
        var document = new String(files.remove(INDEX), UTF_8);

        folder = ASSETS + hash(files);
        files.forEach((name, bytes) -> assets.put(name, new Asset(MediaTypes.of(name), bytes)));
        var importMap = importMap(importNames);
        var head = "<script type=\"importmap\">" + importMap + "</script>\n" + preloads(document, new ImportGraph(files, importNames));
        document = RELATIVE.matcher(document).replaceAll("$1" + folder + "/").replace(IMPORT_MAP, head);
        index = new Asset(MediaTypes.of(INDEX), document.getBytes(UTF_8));
        indexTag = "\"" + hash(Map.of(INDEX, index.bytes())) + "\"";
        policy = policy(importMap);
    }

    /** @return the application's one HTML document */
    Asset index() {
        return index;
    }

    /** @return the {@code ETag} of the index, quotes included */
    String indexTag() {
        return indexTag;
    }

    /** @return the value of {@code Content-Security-Policy} for the index */
    String policy() {
        return policy;
    }

    /** @return the path, from the root, of the folder that all assets lie in */
    String folder() {
        return folder;
    }

    /** @return all assets by path below the folder */
    Map<String, Asset> assets() {
        return assets;
    }

    /** @return the asset at a path from the root, or null */
    Asset asset(String path) {
        return path.startsWith(folder + "/") ? assets.get(path.substring(folder.length() + 1)) : null;
    }

    private String importMap(Map<String, String> importNames) {
        var imports = new LinkedHashMap<String, String>();
        importNames.forEach((name, path) -> imports.put(name, folder + "/" + path));
        return Json.write(Map.of("imports", imports));
    }

    /** Without these a browser would find each module only after it has read the one that imports it. */
    private String preloads(String document, ImportGraph graph) {
        return MAIN.matcher(document).results()
                .flatMap(main -> graph.needs(main.group(1)).stream())
                .map(name -> "<link rel=\"modulepreload\" href=\"" + folder + "/" + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    /** The two policies that make HTML are Lit's, for templates written by us, and the sanitizer's. */
    private static String policy(String importMap) {
        return "default-src 'none'; script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(sha256(importMap.getBytes(UTF_8)))
                + "'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
                + "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types lit-html dompurify";
    }

    private static String hash(Map<String, byte[]> files) {
        var digest = sha256();
        files.forEach((name, bytes) -> {
            digest.update((name + "\n" + bytes.length + "\n").getBytes(UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    private static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import ollamaweb.http.EntityTag;

/**
 * The page's files as they are served. All of them lie in one folder whose name is a hash of their content, so that a
 * browser may keep them for good and modules import each other by plain relative paths. Bare names, as in
 * {@code import {html} from 'lit'}, are resolved by the document's import map.
 */
final class Site {

    static final String INDEX = "index.html";
    static final String ASSETS = "/assets/";

    private final String folder;
    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final Asset index;
    private final EntityTag indexTag;
    private final String policy;

    /**
     * @param own         the page's own files by path, {@code index.html} among them
     * @param libraries   the files of the libraries by path
     * @param importNames what modules may import by name, and the path it stands for
     * @param joined      whether the modules that are needed together come in one file
     */
    Site(Map<String, byte[]> own, Map<String, byte[]> libraries, Map<String, String> importNames, boolean joined) {
        var files = new TreeMap<>(own);
        files.putAll(libraries);
        var source = new String(files.remove(INDEX), UTF_8);
        var served = new TreeMap<>(files);
        served.keySet().removeAll(IndexDocument.inlined(source));
        if (joined) {
            served.putAll(JoinedModules.join(served, new ImportGraph(served, importNames), IndexDocument.preloaded(source)));
        }

        folder = ASSETS + Hashes.name(served);
        served.forEach((name, bytes) -> assets.put(name, new Asset(MediaTypes.of(name), bytes)));
        var document = new IndexDocument(source, files, folder, importMap(importNames), new ImportGraph(served, importNames));
        index = new Asset(MediaTypes.of(INDEX), document.text().getBytes(UTF_8));
        indexTag = EntityTag.of(index.bytes());
        policy = document.policy();
    }

    /** @return the application's one HTML document */
    Asset index() {
        return index;
    }

    /** @return the name of the index's version */
    EntityTag indexTag() {
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

    /** Compresses what is sent compressed, so that no request waits for it. */
    void compress() {
        index.compress();
        assets.values().forEach(Asset::compress);
    }

    private Map<String, Map<String, String>> importMap(Map<String, String> importNames) {
        var imports = new LinkedHashMap<String, String>();
        importNames.forEach((name, path) -> imports.put(name, folder + "/" + path));
        return Map.of("imports", imports);
    }
}

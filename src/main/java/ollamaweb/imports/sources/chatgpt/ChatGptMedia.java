package ollamaweb.imports.sources.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.JsonScanner;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.Members;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFile;

/** The images and files in the zip, found by the ids that messages name them by. */
final class ChatGptMedia {

    private static final String NAMES = "conversation_asset_file_names.json";
    private static final Pattern ID = Pattern.compile("file[-_][A-Za-z0-9_-]{1,200}");

    private final SourceContainer file;
    private final TreeMap<String, String> members = new TreeMap<>();
    private final JsonNode names;

    ChatGptMedia(SourceContainer file, JsonTreeReader trees) throws IOException {
        this.file = file;
        for (var member : file.members()) {
            var name = Members.baseName(member);
            if (name.startsWith("file")) {
                members.put(name, member);
            }
        }
        this.names = names(trees);
    }

    /** @return the id in a pointer such as {@code file-service://file-XYZ} or {@code sediment://file_…#page}, or null */
    static String id(String pointer) {
        if (pointer == null) {
            return null;
        }
        int scheme = pointer.indexOf("://");
        var id = ID.matcher(pointer.substring(scheme < 0 ? 0 : scheme + 3));
        return id.lookingAt() ? id.group() : null;
    }

    /**
     * @param name by which the message knows it, or null
     * @return empty where it is not in the zip
     */
    Optional<SourceFile> find(String id, String name) {
        return member(id)
                .map(member -> new SourceFile(name == null ? nameOf(id, Members.baseName(member)) : name, () -> file.open(member)));
    }

    private Optional<String> member(String id) {
        if (id == null) {
            return Optional.empty();
        }
        // No id goes on where another one ends: after it comes a dot, a dash, or nothing.
        return members.tailMap(id, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(id))
                .filter(entry -> entry.getKey().length() == id.length() || !Character.isLetterOrDigit(entry.getKey().charAt(id.length())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String nameOf(String id, String baseName) {
        var name = Fields.textUnlessBlank(names, baseName, id);
        return Members.baseName(name == null ? baseName : name);
    }

    private JsonNode names(JsonTreeReader trees) throws IOException {
        for (var member : file.members()) {
            if (Members.baseName(member).equals(NAMES)) {
                try (var in = file.open(member)) {
                    return trees.read(new JsonScanner(in).value());
                } catch (IOException e) {
                    return MissingNode.getInstance(); // the files keep the names that they have in the zip
                }
            }
        }
        return MissingNode.getInstance();
    }
}

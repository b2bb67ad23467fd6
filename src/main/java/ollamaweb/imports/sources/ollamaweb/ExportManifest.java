package ollamaweb.imports.sources.ollamaweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.Members;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.UnreadableException;

/**
 * What the zip of an account says of itself.
 *
 * @param folder  in which all of it is, ending in {@code /}; empty where it is in none
 * @param origin  tells exports of the same account from those of others
 * @param version of the format
 */
public record ExportManifest(String folder, String origin, long version) {

    public static final String FORMAT = "ollama-web";
    private static final String NAME = "manifest.json";
    private static final int VERSION = 1;
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int MAX_ORIGIN = 100;

    /** @return empty if the zip is no export of an account */
    public static Optional<ExportManifest> of(SourceContainer file, JsonTreeReader trees) throws IOException {
        for (var member : file.members()) {
            if (Members.baseName(member).equals(NAME)) {
                var json = read(file, member, trees);
                if (FORMAT.equals(Fields.text(json, "format")) && json.path("format_version").isIntegralNumber()) {
                    var origin = Fields.text(json, "origin");
                    return Optional.of(new ExportManifest(member.substring(0, member.length() - NAME.length()),
                            origin == null || origin.length() > MAX_ORIGIN ? "" : origin, json.path("format_version").asLong()));
                }
            }
        }
        return Optional.empty();
    }

    /** @return what stands for an id of the account, and for none of another */
    String key(String id) {
        return key(origin, id);
    }

    /** @return as {@link #key(String)}, of an origin */
    public static String key(String origin, Object id) {
        return origin + "/" + id;
    }

    /** @return the id for which a {@link #key(String, Object) key} of this origin stands; empty if it is none */
    public static Optional<Long> id(String origin, String key) {
        if (key == null || !key.startsWith(origin + "/")) {
            return Optional.empty();
        }
        var id = key.substring(origin.length() + 1);
        return ID.matcher(id).matches() ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }

    /** @return whether this program cannot read it yet */
    public boolean isNewer() {
        return version > VERSION;
    }

    private static JsonNode read(SourceContainer file, String member, JsonTreeReader trees) throws IOException {
        try (var in = file.open(member)) {
            return trees.read(in);
        } catch (UnreadableException e) {
            return MissingNode.getInstance(); // somebody else's
        }
    }
}

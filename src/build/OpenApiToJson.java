import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;

/**
 * A step of the build: writes the API's description as JSON, so that the server needs no YAML parser. Takes the YAML
 * file, the JSON file and the version to put into it; a key that stands twice ends the build.
 */
public final class OpenApiToJson {

    private OpenApiToJson() {}

    public static void main(String[] arguments) throws Exception {
        var yaml = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        var document = (ObjectNode) yaml.readTree(new File(arguments[0]));
        ((ObjectNode) document.path("info")).put("version", arguments[2]);
        var json = new File(arguments[1]);
        json.getParentFile().mkdirs();
        new JsonMapper().writeValue(json, document);
    }
}

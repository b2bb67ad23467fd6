package ollamaweb.docs;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import ollamaweb.json.Json;

/** The API's description, written by hand as YAML and served as JSON. */
final class OpenApi {

    private OpenApi() {}

    /** Made when somebody first asks for it: nobody waits for it at the start. */
    private static final class Converted {
        static final String JSON = convert();
    }

    static String json() {
        return Converted.JSON;
    }

    private static String convert() {
        try {
            return Json.write(new YAMLMapper().readTree(Resources.bytes("/openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

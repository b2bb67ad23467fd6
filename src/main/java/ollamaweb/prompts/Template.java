package ollamaweb.prompts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ollamaweb.json.Json;

/** A system prompt that somebody can start from. */
record Template(String id, String name, String description, String prompt, String category) {

    private static final String FILE = "/prompts.json";

    /** @return the templates that come with the server, in the order in which lists show them */
    static List<Template> all() {
        try (var in = Template.class.getResourceAsStream(FILE)) {
            return List.of(Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), Template[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

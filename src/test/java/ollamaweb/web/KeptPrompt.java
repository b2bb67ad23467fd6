package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;

/** A prompt that somebody keeps. */
record KeptPrompt(String name, String content, String category) {

    void keptBy(Client client) {
        assertThat(client.post("/api/prompts", Json.write(this)).status()).isEqualTo(201);
    }

    /** @return by name */
    static List<KeptPrompt> allOf(Client client) {
        var prompts = client.get("/api/prompts").json().path("prompts");
        return StreamSupport.stream(prompts.spliterator(), false)
                .map(each -> new KeptPrompt(each.path("name").asText(), each.path("content").asText(), each.path("category").textValue()))
                .toList();
    }
}

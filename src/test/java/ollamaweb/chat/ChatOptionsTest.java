package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatOptionsTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void options_format_and_keep_alive_reach_the_model_as_they_are() {
        var ada = app.as("ada");

        var answer = ada.post("/api/chat/stream", """
                {"message":"Hi","model_name":"echo","stream":false,"format":{"type":"object"},"keep_alive":"1h30m","options":{"temperature":1,"top_k":5,
                "num_ctx":8192,"stop":["END"],"use_mmap":true,"seed":null}}""");

        assertThat(answer).isOk();
        var asked = app.ollama().lastChat().body();
        assertThat(asked.path("options")).isEqualTo(Json.read(
                "{\"num_ctx\":8192,\"stop\":[\"END\"],\"temperature\":1,\"top_k\":5,\"use_mmap\":true}", asked.getClass()));
        assertThat(asked.path("format").toString()).isEqualTo("{\"type\":\"object\"}");
        assertThat(asked.path("keep_alive").asText()).isEqualTo("1h30m");
        assertThat(asked.has("think")).isFalse();
    }

    @Test
    void what_is_not_given_is_left_to_the_model() {
        app.as("ada")
                .chat("{\"message\":\"Hi\",\"model_name\":\"echo\",\"options\":null,\"format\":null,\"think\":null,\"keep_alive\":null}");

        var asked = app.ollama().lastChat().body();
        assertThat(asked.path("options").toString()).isEqualTo("{\"temperature\":0.7}");
        assertThat(asked.has("format") || asked.has("keep_alive") || asked.has("think")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "options":{"temprature":1}                                | body.options.temprature
            "options":{"mirostat":1}                                  | body.options.mirostat
            "options":{"num_ctx":"8192"}                              | body.options.num_ctx
            "options":{"num_ctx":1.5}                                 | body.options.num_ctx
            "options":{"seed":99999999999}                            | body.options.seed
            "options":{"top_p":true}                                  | body.options.top_p
            "options":{"use_mmap":1}                                  | body.options.use_mmap
            "options":{"stop":"END"}                                  | body.options.stop
            "options":{"stop":[1]}                                    | body.options.stop
            "options":[]                                              | body.options
            "options":"top_k"                                         | body.options
            "temperature":1,"options":{"temperature":1}               | body.temperature
            "think":"very"                                            | body.think
            "think":1                                                 | body.think
            "format":"xml"                                            | body.format
            "format":[]                                               | body.format
            "keep_alive":"5"                                          | body.keep_alive
            "keep_alive":"PT5M"                                       | body.keep_alive
            "keep_alive":1.5                                          | body.keep_alive
            "keep_alive":true                                         | body.keep_alive
            """)
    void a_wrong_one_is_named_and_nothing_is_saved(String fields, String loc) {
        var ada = app.as("ada");

        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"echo\"," + fields + "}")).isInvalid(loc);

        assertThat(app.ollama().calls("/api/chat")).isZero();
    }

    @Test
    void an_option_whose_name_has_a_wrong_type_and_one_that_is_unknown_are_both_named() {
        var answer = app.as("ada").post("/api/chat/stream",
                "{\"message\":\"Hi\",\"model_name\":\"echo\",\"options\":{\"top_k\":\"1\",\"tops\":1}}");

        assertThat(answer.json().path("errors")).hasSize(2);
    }
}

package ollamaweb.conversations;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemPromptTest {

    private static final int MAX = 4000;
    private static final String SMILE = "🙂";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @BeforeEach
    void there_is_a_model() {
        app.ollama().model("tiny", say("ok"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<|im_start|>", "<|im_end|>", "<|im_sep|>", "<|endoftext|>",
            "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eot|>", "<|python_tag|>",
            "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<s>", "</s>",
            "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[THINK]",
            "<start_of_turn>", "<end_of_turn>", "<bos>", "<eos>", "<|turn>", "<turn|>", "<|channel>", "<channel|>",
            "<|user|>", "<|assistant|>", "<|system|>", "<|end|>",
            "<｜begin▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<｜tool▁calls▁begin｜>",
            "<|START_OF_TURN_TOKEN|>", "<BOS_TOKEN>", "<|start_of_role|>", "<|channel|>", "[|endofturn|]", "[gMASK]", "<sop>",
            "<|IM_START|>", "[inst]", "<|im_\u0007start|>"})
    void template_tokens_are_taken_out(String token) {
        assertThat(cleaned("be" + token + "fore and after" + token)).isEqualTo("before and after");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<|im_<|im_start|>start|>", "<|im_<|im_<|im_end|>end|>end|>", "[IN[INST]ST]", "<<<<SYS>>SYS>>", "</</s>s>",
            "<start_of_<s>turn>",
            "<|<|user|>user|>", "<｜Us<|eot_id|>er｜>", "<|<|turn>turn>"})
    void taking_one_out_does_not_make_another(String nested) {
        assertThat(cleaned("a" + nested + "b")).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "if a < b | c > d then", "[INSTALL]", "[INSTRUCTIONS]", "See [1] and [x].", "<b>bold</b> <sub>2</sub> <small>s</small>",
            "x |> f <| y |> g", "cat a | sort > b", "List<String|Integer>", "a <= b || c >= d", "[| 1; 2 |]", "<SYS>", "<<EOF",
            "The start_of_turn is near", "{{ .System }}", "1 < 2 > 0", "🧑‍🚀 日本語 ｜ ＜｜", "tab\tand\nnewline stay"})
    void ordinary_text_is_left_alone(String text) {
        assertThat(cleaned(text)).isEqualTo(text);
    }

    @Test
    void a_struck_out_word_loses_its_tags_because_they_are_also_llamas() {
        assertThat(cleaned("<s>never</s> mind")).isEqualTo("never mind");
    }

    @Test
    void control_characters_are_taken_out_but_not_tab_and_newline() {
        assertThat(cleaned("a\u0001\u001b[31mb\u007f\u0085c\r\nd\te\u009f")).isEqualTo("a[31mbc\nd\te");
    }

    @Test
    void four_thousand_characters_are_kept() {
        assertThat(cleaned(SMILE.repeat(MAX))).isEqualTo(SMILE.repeat(MAX));
    }

    @Test
    void one_more_is_refused_wherever_a_system_prompt_enters() {
        var tooLong = Json.write("x".repeat(MAX + 1));
        long id = app.as("ada").startsConversation("tiny");

        assertThat(app.as("ada").post("/api/conversations", "{\"model_name\":\"tiny\",\"system_prompt\":" + tooLong + "}"))
                .isInvalid("body.system_prompt");
        assertThat(app.as("ada").put("/api/conversations/" + id, "{\"system_prompt\":" + tooLong + "}"))
                .isInvalid("body.system_prompt");
        assertThat(app.as("ada").post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"system_prompt\":" + tooLong + "}"))
                .isInvalid("body.system_prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \\n\"", "\"<|im_start|>\""})
    void one_that_says_nothing_is_none(String nothing) {
        var made = app.as("ada").post("/api/conversations", "{\"model_name\":\"tiny\",\"system_prompt\":" + nothing + "}");
        app.as("ada").chat("{\"message\":\"Hi\",\"conversation_id\":" + made.id() + "}");

        assertThat(made.json().path("system_prompt").isNull()).isTrue();
        assertThat(firstTurn("role")).isEqualTo("user");
    }

    @Test
    void a_change_is_cleaned_too() {
        long id = app.as("ada").startsConversation("tiny");

        var changed = app.as("ada").put("/api/conversations/" + id, "{\"system_prompt\":\"Be <|eot_id|>brief\"}");
        app.as("ada").chat("{\"message\":\"Hi\",\"conversation_id\":" + id + "}");

        assertThat(changed.json().path("system_prompt").asText()).isEqualTo("Be brief");
        assertThat(firstTurn("content")).isEqualTo("Be brief");
    }

    @Test
    void null_clears_it() {
        var made = app.as("ada").post("/api/conversations", "{\"model_name\":\"tiny\",\"system_prompt\":\"Be brief\"}");

        var changed = app.as("ada").put("/api/conversations/" + made.id(), "{\"system_prompt\":null}");

        assertThat(changed.json().path("system_prompt").isNull()).isTrue();
    }

    @Test
    void one_that_comes_with_a_question_is_cleaned_before_the_model_reads_it() {
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"tiny\",\"system_prompt\":\"<|system|>Be\\u0002 brief</s>\"}");

        assertThat(firstTurn("role")).isEqualTo("system");
        assertThat(firstTurn("content")).isEqualTo("Be brief");
    }

    private String cleaned(String prompt) {
        var made = app.as("ada").post("/api/conversations", "{\"model_name\":\"tiny\",\"system_prompt\":" + Json.write(prompt) + "}");
        assertThat(made).hasStatus(201);
        return made.json().path("system_prompt").textValue();
    }

    private String firstTurn(String field) {
        return app.ollama().lastChat().body().path("messages").path(0).path(field).asText();
    }
}

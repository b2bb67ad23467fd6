package ollamaweb.export;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportApiTest {

    private static final String IMPORT = "/api/export/conversations/import";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_export_is_imported_as_a_conversation_of_its_own() {
        app.as("ada").post(IMPORT, conversation(10));

        var answer = app.as("bob").post(IMPORT, app.as("ada").get("/api/export/conversations/1/json").body());

        assertThat(answer).isOk()
                .isJson("""
                {"success":true,"message":"Successfully imported conversation with 10 messages","conversation_id":2,"imported_messages":10}""");
        assertThat(app.as("bob").messages(2)).hasSize(10).allMatch(message -> message.path("status").asText().equals("complete"));
    }

    @Test
    void export_import_export_is_a_fixed_point() {
        var said = "Tabs\tand\r\nlines, \"quotes\", \\ and 😀\n```html\n<b>\n```\n`<i>` <https://example.com> a < b";
        app.ollama().model("tiny", say(said).evalCount(7));
        app.as("ada").chat("{\"message\":" + Json.write(said) + ",\"model_name\":\"tiny\",\"system_prompt\":\"Be kind.\"}");
        app.as("ada").chat("{\"message\":\"And?\",\"conversation_id\":1}");
        app.clock().advance(Duration.ofDays(1));
        var first = app.as("ada").get("/api/export/conversations/1/json");

        app.as("ada").post(IMPORT, first.body());

        var second = app.as("ada").get("/api/export/conversations/2/json");
        assertThat(withoutWhatDiffers(second)).isEqualTo(withoutWhatDiffers(first));
        assertThat(second.json().path("messages").path(1).path("content").asText()).isEqualTo(said);
    }

    @Test
    void a_message_of_more_than_a_mebibyte_is_invalid() {
        var answer = app.as("ada").post(IMPORT, """
                {"title":"Long","model_name":"tiny","messages":[{"role":"user","content":"%s"}]}""".formatted("\u6f22".repeat(400_000)));

        assertThat(answer).isInvalid("body.messages.0.content");
    }

    @Test
    void an_answer_may_be_as_long_as_models_write_and_broken_off_and_a_question_may_not() {
        var answer = app.as("ada").post(IMPORT, """
                {"model_name":"tiny","messages":[{"role":"user","content":"Go"},
                 {"role":"assistant","status":"interrupted","content":"%s"}]}""".formatted("\u6f22".repeat(400_000)));

        assertThat(answer).isOk();
        assertThat(app.as("ada").messages(1).path(1).path("status").asText()).isEqualTo("interrupted");
        assertThat(app.as("ada").get("/api/export/conversations/1/json").json().at("/messages/1/status").asText()).isEqualTo("interrupted");
        assertThat(app.as("ada").post(IMPORT,
                "{\"model_name\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\",\"status\":\"error\"}]}"))
                .isInvalid("body.messages.0.status");
    }

    @Test
    void the_least_that_can_be_imported_gets_a_title_and_todays_date() {
        var answer = app.as("ada").post(IMPORT,
                """
                {"model_name":"tiny","messages":[{"role":"assistant","content":""},{"role":"user","content":"Why <b>so</b>?\\nAnd how?"}]}""");

        assertThat(answer).isOk();
        var imported = app.as("ada").get("/api/conversations/1").json();
        assertThat(imported.path("title").asText()).isEqualTo("Why &lt;b&gt;so&lt;/b&gt;?");
        assertThat(imported.path("created_at").asText()).startsWith("2026-01-05T10:00:0").isEqualTo(imported.path("updated_at").asText());
        assertThat(imported.path("messages").path(0).path("created_at")).isEqualTo(imported.path("created_at"));
    }

    @Test
    void a_conversation_without_messages_is_imported_as_it_is() {
        assertThat(app.as("ada").post(IMPORT, "{\"model_name\":\"tiny\",\"messages\":[]}")).isOk();

        assertThat(app.as("ada").get("/api/conversations/1").json().path("title").asText()).isEqualTo("New Conversation");
    }

    @Test
    void dates_and_order_are_kept() {
        app.as("ada").post(IMPORT, """
                {"model_name":"tiny","created_at":"2024-02-29T12:00:00+02:00","updated_at":"2024-03-01 08:00:00","messages":[
                 {"role":"user","content":"later","created_at":"2024-02-29T11:00:00"},
                 {"role":"assistant","content":"earlier","created_at":"2024-02-29T10:00:00.123456Z","tokens_used":3}]}""");

        var imported = app.as("ada").get("/api/conversations/1").json();
        assertThat(imported.path("created_at").asText()).isEqualTo("2024-02-29T10:00:00.000Z");
        assertThat(imported.path("updated_at").asText()).isEqualTo("2024-03-01T08:00:00.000Z");
        assertThat(imported.path("messages").findValuesAsText("content")).containsExactly("later", "earlier");
        assertThat(imported.path("messages").findValuesAsText("created_at"))
                .containsExactly("2024-02-29T11:00:00.000Z", "2024-02-29T10:00:00.123Z");
    }

    @Test
    void control_characters_and_half_surrogates_are_dropped() {
        app.as("ada").post(IMPORT, """
                {"title":"Ti\\u0000t\\u001ble\\nof two","model_name":"ti\\u0007ny","system_prompt":"Be\\u0000 \\ud800kind <|im_start|>",
                 "messages":[{"role":"user","content":"a\\u0000b\\ud800c\\udc00\\u001b[0m\\u007f\\u0085d\\te\\nf😀"}]}""");

        var imported = app.as("ada").get("/api/conversations/1").json();
        assertThat(imported.path("title").asText()).isEqualTo("Title of two");
        assertThat(imported.path("model_name").asText()).isEqualTo("tiny");
        assertThat(imported.path("system_prompt").asText()).isEqualTo("Be kind ");
        assertThat(imported.path("messages").path(0).path("content").asText()).isEqualTo("abc[0md\te\nf😀");
    }

    @Test
    void raw_html_becomes_text_and_code_stays() {
        app.as("ada").post(IMPORT, """
                {"model_name":"tiny","messages":[{"role":"system","content":"<script>a</script> `<b>` [x](javascript:y)"}]}""");

        assertThat(app.as("ada").messages(1).path(0).path("content").asText())
                .isEqualTo("&lt;script&gt;a&lt;/script&gt; `<b>` [x]()");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"messages":[]}                                                              | body.model_name
        {"model_name":"","messages":[]}                                              | body.model_name
        {"model_name":"m"}                                                           | body.messages
        {"model_name":"m","messages":{}}                                             | body.messages
        {"model_name":"m","messages":[null]}                                         | body.messages
        {"model_name":"m","messages":[],"title":""}                                  | body.title
        {"model_name":"m","messages":[],"title":5}                                   | body.title
        {"model_name":"m","messages":[],"created_at":"yesterday"}                    | body.created_at
        {"model_name":"m","messages":[],"export_version":"2.0"}                      | body.export_version
        {"model_name":"m","messages":[{"role":"user","content":"a"},{"role":"robot","content":"b"}]} | body.messages.1.role
        {"model_name":"m","messages":[{"content":"a"}]}                              | body.messages.0.role
        {"model_name":"m","messages":[{"role":"user"}]}                              | body.messages.0.content
        {"model_name":"m","messages":[{"role":"user","content":1}]}                  | body.messages.0.content
        {"model_name":"m","messages":[{"role":"user","content":"","tokens_used":-1}]} | body.messages.0.tokens_used
        {"model_name":"m","messages":[{"role":"user","content":"","created_at":7}]}  | body.messages.0.created_at
        """)
    void what_does_not_fit_is_named_and_nothing_is_imported(String body, String loc) {
        assertThat(app.as("ada").post(IMPORT, body)).isInvalid(loc);

        assertThat(app.as("ada").get("/api/conversations").json().path("total").asInt()).isZero();
    }

    @Test
    void limits_are_kept() {
        assertThat(app.as("ada").post(IMPORT, conversation(1001))).isInvalid("body.messages");
        assertThat(app.as("ada").post(IMPORT, conversation(1).replace("Message 0", "x".repeat(1_000_001))))
                .isInvalid("body.messages.0.content");
        assertThat(app.as("ada").post(IMPORT, "{\"model_name\":\"m\",\"messages\":[],\"title\":\"" + "x".repeat(201) + "\"}"))
                .isInvalid("body.title");
        assertThat(app.as("ada").post(IMPORT, "{\"model_name\":\"m\",\"messages\":[],\"system_prompt\":\"" + "x".repeat(4001) + "\"}"))
                .isInvalid("body.system_prompt");
        assertThat(app.as("ada").post(IMPORT, conversation(1000))).isOk();
    }

    @Test
    void what_the_database_refuses_leaves_nothing_behind() {
        app.as("ada");
        Rows.refuse(app.database(), "INSERT ON messages", "NEW.content = 'Message 7'");

        assertThat(app.as("ada").post(IMPORT, conversation(10))).hasStatus(500);

        assertThat(app.as("ada").get("/api/conversations").json().path("total").asInt()).isZero();
    }

    @Test
    void more_than_16_mib_is_refused_before_it_is_read() {
        assertThat(app.as("ada").post(IMPORT, " ".repeat(2 * 1024 * 1024) + conversation(1))).isOk();
        assertThat(app.as("ada").post(IMPORT, " ".repeat(16 * 1024 * 1024) + conversation(1))).hasStatus(413);
    }

    @Test
    void only_json_from_a_known_user_is_imported() {
        var client = app.as("ada");
        var text = RequestBody.create(conversation(1), MediaType.get("text/plain"));

        assertThat(client.send(client.request(IMPORT).post(text).build())).hasStatus(415);
        assertThat(app.anonymous().post(IMPORT, conversation(1))).isError(401, "API key is required");
        assertThat(client.post(IMPORT, "{\"model_name\":")).hasStatus(400);
    }

    private static String conversation(int messages) {
        var list = IntStream.range(0, messages)
                .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\"Message " + i + "\"}")
                .collect(Collectors.joining(","));
        return "{\"title\":\"Imported\",\"model_name\":\"tiny\",\"messages\":[" + list + "]}";
    }

    private static JsonNode withoutWhatDiffers(Answer export) {
        return ((ObjectNode) export.json()).without(List.of("id", "exported_at"));
    }
}

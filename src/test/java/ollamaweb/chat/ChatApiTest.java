package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_first_message_makes_a_conversation_and_streams_its_answer() {
        app.ollama().model("tiny", say("Hel", "lo"));

        var events = app.as("ada").chat("{\"message\":\"Hi!\",\"model_name\":\"tiny\"}");

        assertThat(Event.withoutCounts(events)).containsExactly(
                new Event(null, "conversation_created", "{\"conversation_id\":1}"),
                new Event(null, "message_created", "{\"message_id\":1,\"role\":\"user\",\"answer_id\":2}"),
                new Event("3", "token", "{\"content\":\"Hel\"}"),
                new Event("5", "token", "{\"content\":\"lo\"}"),
                new Event(null, "done", "{\"message_id\":2,\"tokens_used\":2}"));
    }

    @Test
    void a_further_message_goes_into_its_conversation() {
        var ada = app.as("ada");
        long conversation = ada.startsConversation("echo");

        ada.chat("{\"message\":\"one\",\"conversation_id\":" + conversation + "}");
        var events = ada.chat("{\"message\":\"two\",\"conversation_id\":" + conversation + "}");

        assertThat(events).extracting(Event::name).containsExactly("message_created", "token", "done");
        assertThat(contents(ada, conversation)).containsExactly("one", "one", "two", "two");
    }

    @Test
    void whatever_the_client_accepts_the_answer_is_an_event_stream() {
        var ada = app.as("ada");
        var request = ada.request("/api/chat/stream")
                .header("Accept", "application/json")
                .post(RequestBody.create("{\"message\":\"Hi\",\"model_name\":\"echo\"}", MediaType.get("application/json")));

        try (var stream = ada.open(request.build())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void every_character_arrives_as_the_model_said_it() {
        var said = List.of("a\nb\r\n", "\n", " \"quoted\" \\ \t", "👩‍👩‍👧", "é\u0301", "<script>&amp;", "\u0001\u2028");
        app.ollama().model("odd", say(said.toArray(String[]::new)));
        var ada = app.as("ada");

        var events = ada.chat("{\"message\":\"Hi\",\"model_name\":\"odd\"}");

        assertThat(events.stream().filter(event -> event.name().equals("token")).map(Event::content)).isEqualTo(said);
        assertThat(contents(ada, 1)).containsExactly("Hi", String.join("", said));
    }

    @Test
    void what_a_model_thinks_is_not_what_it_says() {
        app.ollama().model("thinker", thinking("hm", "hm").then(say("Yes")));

        var events = app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"thinker\"}");

        assertThat(events.stream().filter(event -> event.name().equals("token")).map(Event::content)).containsExactly("Yes");
    }

    @Test
    void the_last_words_may_come_with_the_done_line() {
        app.ollama().model("late", say("Good").lastWords("bye"));
        var ada = app.as("ada");

        ada.chat("{\"message\":\"Hi\",\"model_name\":\"late\"}");

        assertThat(contents(ada, 1)).containsExactly("Hi", "Goodbye");
    }

    @Test
    void without_a_stream_the_answer_is_one_document() {
        app.ollama().model("tiny", say("Hel", "lo"));

        var answer = app.as("ada").post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}");

        assertThat(answer).isOk().isJson("""
                {"conversation_id":1,"message_id":2,"content":"Hello","tokens_used":2}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello                                                        | Hello
            \\n\\n  second line counts \\nthird                          | second line counts
            Please tell me about the history of the Byzantine Empire now | Please tell me about the history of the Byzantine…
            12345678901234567890123456789012345678901234567890            | 12345678901234567890123456789012345678901234567890
            123456789012345678901234567890123456789012345678901           | 12345678901234567890123456789012345678901234567890…
            1234567890123456789012345678901234567890 123456789 next       | 1234567890123456789012345678901234567890 123456789…
            """)
    void the_title_is_made_from_the_first_message(String message, String title) {
        var ada = app.as("ada");

        ada.chat("{\"message\":\"" + message + "\",\"model_name\":\"echo\"}");

        assertThat(ada.get("/api/conversations/1").json().path("title").asText()).isEqualTo(title);
    }

    @Test
    void an_untitled_conversation_gets_its_title_from_its_first_message_and_keeps_it() {
        var ada = app.as("ada");
        long conversation = ada.startsConversation("echo");

        ada.chat("{\"message\":\"First\",\"conversation_id\":" + conversation + "}");
        ada.chat("{\"message\":\"Second\",\"conversation_id\":" + conversation + "}");

        assertThat(ada.get("/api/conversations/" + conversation).json().path("title").asText()).isEqualTo("First");
    }

    @Test
    void an_answer_moves_its_conversation_to_the_top() {
        var ada = app.as("ada");
        long first = ada.startsConversation("echo");
        ada.startsConversation("echo");

        ada.chat("{\"message\":\"Hi\",\"conversation_id\":" + first + "}");

        assertThat(ada.get("/api/conversations").json().path("conversations").get(0).path("id").asLong()).isEqualTo(first);
    }

    @Test
    void without_a_key_nobody_chats() {
        var answer = app.anonymous().post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(answer).isError(401, "API key is required").hasHeader("WWW-Authenticate", "Bearer");
    }

    @Test
    void a_stranger_cannot_ask_in_another_users_conversation() {
        long conversation = app.as("ada").startsConversation("tiny");

        var answer = app.as("bob").post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":" + conversation + "}");

        assertThat(answer).isError(404, "Conversation not found");
        assertThat(app.as("ada").messages(conversation)).isEmpty();
    }

    @Test
    void a_conversation_that_does_not_exist_is_not_found() {
        assertThat(app.as("ada").post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":77}"))
                .isError(404, "Conversation not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_name":"echo"}                                              | body.message
            {"message":"","model_name":"echo"}                                 | body.message
            {"message":5,"model_name":"echo"}                                  | body.message
            {"message":"a\\u0000b","model_name":"echo"}                        | body.message
            {"message":"a\\ud800b","model_name":"echo"}                        | body.message
            {"message":"Hi","model_name":""}                                   | body.model_name
            {"message":"Hi","model_name":"echo","temperature":2.1}             | body.temperature
            {"message":"Hi","model_name":"echo","temperature":"1"}             | body.temperature
            {"message":"Hi","model_name":"echo","stream":"yes"}                | body.stream
            {"message":"Hi","conversation_id":"1"}                             | body.conversation_id
            {"message":"Hi","conversation_id":1.5}                             | body.conversation_id
            {"regenerate":true}                                                | body.conversation_id
            {"regenerate":true,"conversation_id":1,"message":"Hi"}             | body.message
            {"regenerate":true,"continue":true,"conversation_id":1}            | body.continue
            """)
    void a_wrong_field_is_named_and_nothing_is_saved(String body, String field) {
        var ada = app.as("ada");

        assertThat(ada.post("/api/chat/stream", body)).isInvalid(field);

        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isZero();
    }

    @Test
    void a_message_has_at_most_a_hundred_thousand_characters() {
        var ada = app.as("ada");

        assertThat(ada.post("/api/chat/stream", "{\"model_name\":\"echo\",\"message\":\"" + "😀".repeat(100_001) + "\"}"))
                .isInvalid("body.message");
        assertThat(ada.post("/api/chat/stream",
                "{\"model_name\":\"echo\",\"stream\":false,\"message\":\"" + "😀".repeat(100_000) + "\"}")).isOk();
    }

    @Test
    void each_answer_is_there_in_full_when_many_are_made_at_once() {
        var ada = app.as("ada");
        app.ollama().model("counter", tokens(200, 0));
        var expected = String.join("", IntStream.range(0, 200).mapToObj(i -> " t" + i).toList());

        IntStream.range(0, 50).parallel().forEach(i -> {
            var events = ada.chat("{\"message\":\"Hi\",\"model_name\":\"counter\"}");
            assertThat(events.stream().filter(event -> event.name().equals("token")).map(Event::content)
                    .reduce("", String::concat)).isEqualTo(expected);
        });

        for (int id = 1; id <= 50; id++) {
            assertThat(contents(ada, id)).containsExactly("Hi", expected);
        }
    }

    private static List<String> contents(Client client, long conversation) {
        return client.messages(conversation).findValuesAsText("content");
    }
}

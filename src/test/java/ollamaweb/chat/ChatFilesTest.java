package ollamaweb.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.Rows;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatFilesTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @BeforeAll
    static void givesOneModelEyes() {
        app.ollama().model("seeing", request -> Script.say("A loaf"));
        app.ollama().abilities("seeing", "completion", "vision");
    }

    @Test
    void an_image_goes_to_the_model_and_stays_with_the_question() {
        var ada = app.as("ada");
        var png = Pictures.png(600_000);
        var kept = ada.upload("bread.png", png);

        var whole = ask(ada, "seeing", "What is this?", "\"files\":[" + kept.id() + "]");

        assertThat(whole).isOk();
        assertThat(sent("images")).containsExactly(Pictures.base64(png));
        assertThat(app.ollama().lastChat().body().at("/messages/0/content").asText()).isEqualTo("What is this?");
        var messages = ada.messages(whole.json().path("conversation_id").asLong());
        assertThat(messages.get(0).path("files").toString()).isEqualTo(
                "[{\"id\":%d,\"name\":\"bread.png\",\"media_type\":\"image/png\",\"size\":600000}]".formatted(kept.id()));
        assertThat(messages.get(1).path("files").toString()).isEqualTo("[]");
    }

    @Test
    void images_within_a_question_are_kept_as_files() throws Exception {
        var ada = app.as("ada");
        var png = Pictures.png("within");

        var whole = ask(ada, "seeing", "What is this?", "\"images\":[\"" + Pictures.base64(png) + "\"]");

        assertThat(sent("images")).containsExactly(Pictures.base64(png));
        var file = ada.messages(whole.json().path("conversation_id").asLong()).at("/0/files/0");
        assertThat(file.path("name").asText()).isEqualTo("image.png");
        try (var response = ada.call(ada.request("/api/files/" + file.path("id").asLong()).build()).execute()) {
            assertThat(response.body().bytes()).isEqualTo(png);
        }
    }

    @Test
    void a_text_file_goes_to_the_model_as_text_with_its_name() {
        var ada = app.as("ada");
        var text = "Grüße, \"Brot\"\n".repeat(30_000);
        long notes = ada.upload("notes.md", text.getBytes(UTF_8)).id();
        long list = ada.upload("list.txt", "flour".getBytes(UTF_8)).id();

        assertThat(ask(ada, "echo", "Sum up", "\"files\":[" + notes + "," + list + "]")).isOk();

        assertThat(app.ollama().lastChat().body().at("/messages/0/content").asText())
                .isEqualTo("File: notes.md\n\n" + text + "\n\n---\n\nFile: list.txt\n\nflour\n\n---\n\nSum up");
        assertThat(app.ollama().lastChat().body().at("/messages/0").has("images")).isFalse();
    }

    @Test
    void a_model_that_cannot_see_is_not_shown_images_and_nothing_is_saved() {
        var eve = app.as("eve");
        long image = eve.upload("a.png", Pictures.png("unseen")).id();
        int asked = app.ollama().calls("/api/chat");

        var answer = ask(eve, "echo", "What is this?", "\"files\":[" + image + "]");

        assertThat(answer).isInvalid("body.files");
        assertThat(answer.json().at("/errors/0/msg").asText()).isEqualTo("Model 'echo' cannot see images");
        assertThat(ask(eve, "echo", "And this?", "\"images\":[\"" + Pictures.base64(Pictures.png("nor this")) + "\"]"))
                .isInvalid("body.images");
        assertThat(eve.get("/api/conversations").json().path("total").asInt()).isZero();
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM files WHERE name = 'image.png' AND user_id = "
                + eve.get("/api/config/get").json().path("user_id"))).isEqualTo("0");
        assertThat(app.ollama().calls("/api/chat")).isEqualTo(asked);
    }

    @Test
    void a_model_that_cannot_see_goes_on_with_a_conversation_without_its_images_but_answers_no_question_about_one() {
        var ada = app.as("ada");
        long notes = ada.upload("notes.md", "Rye".getBytes(UTF_8)).id();
        long image = ada.upload("a.png", Pictures.png("seen before")).id();
        long conversation =
                ask(ada, "seeing", "What is this?", "\"files\":[" + image + "," + notes + "]").json().path("conversation_id").asLong();

        assertThat(ada.post("/api/chat/stream", "{\"regenerate\":true,\"model_name\":\"echo\",\"conversation_id\":" + conversation + "}"))
                .isInvalid("body.model_name");
        assertThat(ask(ada, "echo", "Thanks", "\"conversation_id\":" + conversation)).isOk();

        var first = app.ollama().lastChat().body().at("/messages/0");
        assertThat(first.path("content").asText()).isEqualTo("File: notes.md\n\nRye\n\n---\n\nWhat is this?");
        assertThat(first.has("images")).isFalse();
        assertThat(ask(ada, "seeing", "And now?", "\"conversation_id\":" + conversation)).isOk();
        assertThat(app.ollama().lastChat().body().at("/messages/0/images")).hasSize(1);
    }

    @Test
    void files_stay_with_a_question_that_is_answered_again_and_with_a_copy_of_it() {
        var ada = app.as("ada");
        long image = ada.upload("a.png", Pictures.png("again")).id();
        long conversation = ask(ada, "seeing", "What is this?", "\"files\":[" + image + "]").json().path("conversation_id").asLong();

        assertThat(ada.post("/api/chat/stream", "{\"regenerate\":true,\"stream\":false,\"conversation_id\":" + conversation + "}")).isOk();
        assertThat(sent("images")).hasSize(1);
        long fork = ada.post("/api/conversations/" + conversation + "/fork", "{}").id();

        assertThat(ada.messages(fork).at("/0/files/0/id").asLong()).isEqualTo(image);
        assertThat(ada.get("/api/conversations/" + conversation + "?all=true").json().at("/messages/0/files/0/id").asLong())
                .isEqualTo(image);
        ada.delete("/api/conversations/" + conversation);
        app.awaitPurged();
        assertThat(ada.get("/api/files/" + image)).isOk();
        assertThat(ada.delete("/api/files/" + image)).isError(409, "Messages have this file; it goes with the last of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "images":["no base64!"]                        | body.images.0
            "images":["iVBORw0K","not*base64"]             | body.images.1
            "images":[1]                                   | body.images.0
            "images":[null]                                | body.images
            "images":"iVBORw0K"                            | body.images
            "files":["1"]                                  | body.files.0
            "files":[null]                                 | body.files
            "files":1                                      | body.files
            "files":[1,2,3,4,5,6,7,8,9,10,11]              | body.files
            """)
    void a_wrong_one_is_named(String fields, String loc) {
        assertThat(ask(app.as("ada"), "seeing", "Hi", fields)).isInvalid(loc);
    }

    @Test
    void an_image_that_is_none_is_415() {
        assertThat(ask(app.as("ada"), "seeing", "Hi", "\"images\":[\"" + Pictures.base64("text".getBytes(UTF_8)) + "\"]"))
                .isError(415, "An image must be PNG, JPEG, WebP or GIF");
    }

    @Test
    void a_strangers_file_cannot_come_with_a_question() {
        long image = app.as("ada").upload("a.png", Pictures.png("ada's own")).id();

        assertThat(ask(app.as("bob"), "seeing", "Hi", "\"files\":[" + image + "]")).isError(404, "File not found");
        assertThat(ask(app.as("bob"), "seeing", "Hi", "\"files\":[999999]")).isError(404, "File not found");
    }

    @Test
    void a_file_that_no_message_has_goes_a_day_after_it_came_in_and_one_of_messages_with_the_last_of_them() {
        var ada = app.as("ada");
        long unused = ada.upload("unused.png", Pictures.png("unused")).id();
        long used = ada.upload("used.png", Pictures.png("used")).id();
        long conversation = ask(ada, "seeing", "What is this?", "\"files\":[" + used + "]").json().path("conversation_id").asLong();

        app.clock().advance(Duration.ofHours(25));
        awaitGone(ada, unused);
        assertThat(ada.get("/api/files/" + used)).isOk();

        ada.delete("/api/conversations/" + conversation);
        awaitGone(ada, used);
        app.awaitPurged();
    }

    @Test
    void files_are_deleted_with_their_account() throws Exception {
        var leaver = app.as("leaver");
        long image = leaver.upload("a.png", Pictures.png(700_000)).id();
        ask(leaver, "seeing", "What is this?", "\"files\":[" + image + "]");

        assertThat(leaver.delete("/api/v1/users/me")).isOk();
        app.awaitPurged();

        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM file_pieces WHERE file_id = " + image)).isEqualTo("0");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM files WHERE id = " + image)).isEqualTo("0");
    }

    private static void awaitGone(Client owner, long file) {
        Await.await(Duration.ofSeconds(30), () -> owner.get("/api/files/" + file).status() == 404,
                () -> "file " + file + " is still there");
    }

    private static Answer ask(Client client, String model, String message, String fields) {
        return client.post("/api/chat/stream",
                "{\"stream\":false,\"model_name\":\"%s\",\"message\":\"%s\",%s}".formatted(model, message, fields));
    }

    private static List<String> sent(String field) {
        return StreamSupport.stream(app.ollama().lastChat().body().at("/messages/0").path(field).spliterator(), false)
                .map(JsonNode::asText).toList();
    }
}

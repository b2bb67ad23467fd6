package ollamaweb.export.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountExportApiTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void somebodyNew() {
        app.ollama().abilities("echo", "completion", "vision");
        ada = app.as("ada-" + UUID.randomUUID());
    }

    @Test
    void a_conversation_is_there_with_its_branches_as_json_and_its_path_as_markdown() throws Exception {
        var first = ask("\"message\":\"Why does bread rise?\"");
        ask("\"message\":\"Why does cake rise?\",\"conversation_id\":" + first.conversation() + ",\"parent_id\":null");
        ada.put("/api/conversations/" + first.conversation(), "{\"title\":\"Rising\",\"pinned\":true,\"tags\":[\"food\"]}");
        ada.put("/api/messages/" + first.answer() + "/reaction", "{\"reaction\":\"👍\"}");
        ada.put("/api/messages/" + first.answer() + "/favorite", "");

        var archive = Archive.of(ada);

        var json = archive.conversations().get(0);
        var name = "conversations/" + json.path("created_at").asText().substring(0, 10) + " Rising (" + first.conversation() + ")";
        assertThat(archive.names()).contains(name + ".json", name + ".md");
        assertThat(json.path("messages").findValuesAsText("content")).contains("Why does bread rise?", "Why does cake rise?");
        assertThat(json.path("messages")).hasSize(4);
        var answer = json.path("messages").get(1);
        assertThat(answer.path("id").asLong()).isEqualTo(first.answer());
        assertThat(answer.path("parent_id").asLong()).isEqualTo(json.at("/messages/0/id").asLong());
        assertThat(answer.path("reaction").asText() + answer.path("favorite").asText()).isEqualTo("👍true");
        assertThat(json.path("pinned").asBoolean()).isTrue();
        assertThat(json.at("/tags/0").asText()).isEqualTo("food");
        assertThat(archive.text(name + ".md")).contains("# Rising", "Why does cake rise?").doesNotContain("bread");
        assertThat(archive.json("manifest.json").path("counts").path("messages").asInt()).isEqualTo(4);
    }

    @Test
    void files_are_there_once_and_documents_say_where() throws Exception {
        var png = Pictures.png(300_000);
        long image = ada.upload("bread.png", png).id();
        long notes = ada.upload("notes.md", "Rye".getBytes(UTF_8)).id();
        var asked = ask("\"message\":\"See\",\"files\":[" + image + "," + notes + "]");
        ask("\"message\":\"Again\",\"files\":[" + image + "],\"conversation_id\":" + asked.conversation());
        ada.upload("unused.txt", "nobody has it".getBytes(UTF_8));

        var archive = Archive.of(ada);

        var files = archive.conversations().get(0).at("/messages/0/files");
        var path = files.at("/0/path").asText();
        assertThat(path).isEqualTo("files/" + files.at("/0/sha256").asText() + ".png");
        assertThat(archive.files().get(path)).isEqualTo(png);
        assertThat(archive.text(files.at("/1/path").asText())).isEqualTo("Rye");
        assertThat(archive.names().stream().filter(name -> name.startsWith("files/"))).hasSize(2);
        assertThat(archive.names().stream().filter(name -> name.endsWith(".md")).map(archive::text))
                .singleElement().asString().contains("[bread.png](../" + path + ")");
    }

    @Test
    void what_a_member_has_sent_is_there_and_in_the_copy_that_a_member_makes_too() throws Exception {
        var asked = ask("\"message\":\"Look at this\"");
        var bob = app.as("bob-" + UUID.randomUUID());
        long bobsId = bob.get("/api/config/get").json().path("user_id").asLong();
        ada.post("/api/conversations/" + asked.conversation() + "/members", "{\"user_id\":" + bobsId + ",\"role\":\"writer\"}");
        send(bob, asked.conversation(), Pictures.png(40_000));
        send(bob, asked.conversation(), Pictures.png(50_000));
        send(ada, asked.conversation(), Pictures.png(50_000));
        var copy = bob.post("/api/conversations/" + asked.conversation() + "/fork", "{}");
        assertThat(copy.status()).as(copy.body()).isEqualTo(201);

        for (var client : List.of(ada, bob)) {
            var archive = Archive.of(client);
            var files = archive.conversations().get(0).path("messages").findValues("files");
            assertThat(files).hasSize(3).allSatisfy(file -> assertThat(archive.files()).containsKey(file.at("/0/path").asText()));
            assertThat(archive.names().stream().filter(name -> name.startsWith("files/"))).hasSize(2);
            assertThat(archive.json("manifest.json").at("/counts/files").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_file_that_is_deleted_meanwhile_does_not_break_the_export_off() throws Exception {
        var ids = new ArrayList<Long>();
        for (int size = 15_000_000; size < 15_000_004; size++) {
            ids.add(ada.upload("large.png", Pictures.png(size)).id());
        }
        ask("\"message\":\"See\",\"files\":" + ids);
        try (var answer = ada.call(ada.request("/api/export/all").build()).execute();
                var zip = new ZipInputStream(answer.body().byteStream())) {
            for (var entry = zip.getNextEntry(); !entry.getName().startsWith("files/"); entry = zip.getNextEntry()) {
                zip.readAllBytes();
            }
            Rows.change(app.database(), "DELETE FROM files WHERE id > " + ids.get(0) + " AND id <= " + ids.get(3));
            int files = 1;
            boolean hasEnd = false;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files += entry.getName().startsWith("files/") ? 1 : 0;
                hasEnd |= entry.getName().equals("manifest.json");
            }
            assertThat(files).isBetween(1, 3);
            assertThat(hasEnd).isTrue();
        }
    }

    @Test
    void names_can_be_read_and_unpacked_everywhere() throws Exception {
        for (var title : new String[] {"CON", "../../etc/passwd", "a:b*c?\"<d>|\\e", "🍞".repeat(50), "...", "same", "SAME",
                "left\u202Eright", "e\u0301t\u00e9\nnew line", ". x ."}) {
            ada.post("/api/conversations", "{\"model_name\":\"echo\",\"title\":" + Json.write(title) + "}");
        }

        var archive = Archive.of(ada);

        assertThat(archive.fileName()).matches("ollama-web-\\d{4}-\\d\\d-\\d\\d\\.zip");
        assertThat(archive.conversations()).hasSize(10);
        assertThat(archive.names()).allSatisfy(name -> {
            assertThat(name).doesNotContain("\\", "..", "//").doesNotMatch(".*[:*?\"<>|\\p{Cc}\\p{Cf}].*").doesNotMatch(".*[ .](/.*|)");
            for (var step : name.split("/")) {
                assertThat(step.getBytes(UTF_8).length).isLessThanOrEqualTo(200);
                assertThat(step.replaceAll("\\..*", "").toUpperCase(Locale.ROOT)).isNotIn("CON", "PRN", "AUX", "NUL");
            }
        });
        assertThat(archive.names().stream().map(name -> name.toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
        assertThat(String.join("\n", archive.names())).contains(" CON (", " etc passwd (", " a b c d e (", " Untitled (", " left right (",
                " été new line (", " x (");
    }

    @Test
    void tasks_goals_and_settings_are_there() throws Exception {
        var tasks = new TaskClient(ada);
        long goal = TaskClient.data(tasks.createsGoal("{'title':'Bake','progress':0.25}")).path("id").asLong();
        long parent = TaskClient.data(tasks.createsTask("{'title':'Loaf','goal_id':" + goal + ",'due_date':'2030-01-05','tags':['a'],"
                + "'recurrence':'FREQ=WEEKLY'}")).path("id").asLong();
        tasks.createsTask("{'title':'Flour','parent_id':" + parent + "}");
        ada.post("/api/v1/tasks/" + parent + "/reminders", "{\"minutes_before\":30}");
        ada.post("/api/config/save", "{\"settings\":{\"theme\":\"dark\",\"openai_api_key\":\"sk-hidden\",\"max_tokens\":5}}");

        var archive = Archive.of(ada);

        assertThat(archive.json("goals.json").at("/0/progress").asDouble()).isEqualTo(0.25);
        var task = archive.json("tasks.json").get(0);
        assertThat(task.path("recurrence").asText()).isEqualTo("FREQ=WEEKLY");
        assertThat(task.path("goal_id").asLong()).isEqualTo(archive.json("goals.json").at("/0/id").asLong());
        assertThat(task.at("/reminders/0/minutes_before").asInt()).isEqualTo(30);
        assertThat(archive.json("tasks.json").at("/1/parent_id").asLong()).isEqualTo(task.path("id").asLong());
        assertThat(archive.json("settings.json").path("settings"))
                .isEqualTo(Json.read("{\"theme\":\"dark\",\"max_tokens\":5}", JsonNode.class));
        assertThat(archive.json("manifest.json").path("counts").toString())
                .isEqualTo(
                        "{\"conversations\":0,\"messages\":0,\"files\":0,\"prompts\":0,\"goals\":1,\"tasks\":2,\"insights\":0,\"settings\":2}");
        assertThat(archive.text("README.txt")).contains("manifest.json");
    }

    @Test
    void neither_what_is_in_the_trash_nor_a_strangers_things_are_there() throws Exception {
        long image = ada.upload("thrown.png", Pictures.png(5_000)).id();
        var thrown = ask("\"message\":\"Thrown away\",\"files\":[" + image + "]");
        ada.post("/api/conversations/" + thrown.conversation() + "/trash", "");
        var bob = app.as("bob");
        bob.post("/api/conversations", "{\"model_name\":\"echo\",\"title\":\"Bob's\"}");

        assertThat(Archive.of(ada).names())
                .containsExactly("README.txt", "prompts.json", "goals.json", "tasks.json", "insights.json", "settings.json",
                        "manifest.json");
        assertThat(Archive.of(bob).names().toString()).contains("Bob's").doesNotContain("Thrown");
    }

    @Test
    void an_export_under_way_ends_with_the_key_that_asked_for_it() throws Exception {
        for (int i = 0; i < 4; i++) {
            ask("\"message\":\"Look\",\"files\":[" + ada.upload("a.png", Pictures.png(4_000_000 + i)).id() + "]");
        }
        var made = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data");
        var laptop = app.with(made.path("api_key").asText());
        try (var answer = laptop.call(laptop.request("/api/export/all").build()).execute()) {
            var zip = answer.body().source();
            zip.readByteArray(1000);

            assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id").asLong()).status()).isEqualTo(200);

            assertThatThrownBy(() -> zip.readByteArray()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void no_secret_is_there() throws Exception {
        var key = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().at("/data/api_key").asText();
        ada.post("/api/upstreams", "{\"name\":\"mine\",\"kind\":\"openai\",\"url\":\"https://api.openai.com\",\"api_key\":\"sk-upstream\","
                + "\"enabled\":false}");
        ask("\"message\":\"Hi\"");

        var all = Archive.of(ada).files().values().stream().map(bytes -> new String(bytes, UTF_8)).reduce("", String::concat);

        assertThat(all).doesNotContain("sk-upstream", ada.token()).contains("Hi");
        assertThat(key.isEmpty() || !all.contains(key)).isTrue();
    }

    @Test
    void an_account_is_known_by_the_same_origin_each_time_and_no_other_has_it() throws Exception {
        var origin = Archive.of(ada).json("manifest.json").path("origin").asText();

        assertThat(Archive.of(ada).json("manifest.json").path("origin").asText()).isEqualTo(origin).hasSize(32);
        assertThat(Archive.of(app.as("bob")).json("manifest.json").path("origin").asText()).isNotEqualTo(origin);
    }

    @Test
    void who_is_not_signed_in_gets_nothing() {
        assertThat(app.anonymous().get("/api/export/all")).hasStatus(401);
    }

    private static void send(Client client, long conversation, byte[] image) {
        var answer = client.post("/api/chat/stream",
                "{\"model_name\":\"echo\",\"stream\":false,\"message\":\"See\",\"conversation_id\":" + conversation
                        + ",\"files\":[" + client.upload("image.png", image).id() + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private record Asked(long conversation, long answer) {}

    private Asked ask(String fields) {
        var json = ada.post("/api/chat/stream", "{\"model_name\":\"echo\",\"stream\":false," + fields + "}").json();
        return new Asked(json.path("conversation_id").asLong(), json.path("message_id").asLong());
    }
}

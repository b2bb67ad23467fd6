package ollamaweb.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ollamaweb.Settings;
import ollamaweb.db.Storage;
import ollamaweb.json.Json;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an SQLite file to PostgreSQL, and back. */
@Tag("strain")
class TransferTest {

    private static final Map<String, String> SECRETS =
            Map.of("SECRET_KEY", "secret-of-the-tests", "JWT_SECRET_KEY", "jwt-secret-of-the-tests-0123456789");
    private static final List<String> SEEN = List.of("/api/conversations", "/api/conversations/1?all=true", "/api/conversations/2",
            "/api/export/conversations/1/json", "/api/export/conversations/1/markdown", "/api/messages/favorites",
            "/api/messages/4/context", "/api/v1/tasks", "/api/v1/goals",
            "/api/v1/insights", "/api/files/1", "/api/config/get", "/api/v1/users/me");

    @TempDir
    Path folder;

    private String file;
    private String postgres;

    @BeforeEach
    void makeDatabases() {
        file = "jdbc:sqlite:" + folder.resolve("a.db");
        postgres = PostgresServer.newEmptyDatabase();
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.drop(postgres);
    }

    @Test
    void all_data_goes_to_postgresql_and_back() throws Exception {
        fill(file);
        var before = seen(file);

        var out = transfer(file, postgres);

        assertThat(out).contains("messages").contains("the same").doesNotContain("postgres:postgres@");
        assertSeen(postgres, before);
        var again = "jdbc:sqlite:" + folder.resolve("b.db");
        transfer(postgres, again);
        assertSeen(again, before);
    }

    @Test
    void ids_that_were_given_are_not_given_again() throws Exception {
        fill(file);
        try (var app = server(file)) {
            assertThat(ada(app).delete("/api/conversations/2")).isOk();
            app.awaitPurged();
        }

        transfer(file, postgres);

        try (var app = server(postgres)) {
            assertThat(ada(app).startsConversation("echo")).isEqualTo(3);
        }
    }

    @Test
    void a_transfer_that_broke_off_goes_on_and_no_server_starts_on_a_part() throws Exception {
        fill(file);
        var before = seen(file);
        refuseTasks();
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(SQLException.class).hasMessageContaining("broken off");
        assertThatThrownBy(() -> server(postgres)).hasMessageContaining("run migrate --to again");

        run("DROP FUNCTION broken CASCADE");
        transfer(file, postgres);

        assertSeen(postgres, before);
    }

    @Test
    void what_changed_in_the_source_meanwhile_is_noticed() throws Exception {
        fill(file);
        refuseTasks();
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(SQLException.class);
        run("DROP FUNCTION broken CASCADE");
        try (var app = server(file)) {
            assertThat(ada(app).put("/api/conversations/1", "{\"title\":\"Other\"}")).isOk();
        }

        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("differs")
                .hasMessageContaining("conversations");
    }

    @Test
    void a_target_that_has_data_is_left_alone() throws Exception {
        fill(file);
        fill(postgres);
        var before = seen(postgres);

        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("not empty");
        assertThatThrownBy(() -> transfer(file, "jdbc:sqlite:" + folder.resolve("b.db"))).hasMessageContaining("from SQLite to PostgreSQL");

        assertSeen(postgres, before);
    }

    @Test
    void a_source_in_which_there_is_nothing_is_no_source() {
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("no accounts in")
                .hasMessageContaining("a.db");
    }

    @Test
    void a_database_that_a_server_uses_is_not_copied() throws Exception {
        try (var app = server(file)) {
            assertThat(app.port()).isPositive();
            assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("uses this database");
        }
        try (var app = server(postgres)) {
            assertThat(app.port()).isPositive();
            assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("stop all of them");
        }
    }

    /** Somebody's conversations with versions and thinking, a task whose parent came later, a goal, a favorite, a file. */
    private static void fill(String url) throws Exception {
        try (var app = server(url)) {
            app.ollama().model("tiny", thinking("Hm").then(say("Grüße \uD83D\uDC4B \u0001")));
            app.ollama().abilities("tiny", "completion", "thinking");
            var ada = app.as("ada");
            ada.chat("{\"message\":\"One\",\"model_name\":\"echo\"}");
            ada.chat("{\"message\":\"Two\",\"model_name\":\"tiny\",\"conversation_id\":1,\"think\":true}");
            ada.chat("{\"message\":\"Two again\",\"conversation_id\":1,\"parent_id\":2}");
            long notes = ada.upload("notes.md", "# Grüße \uD83D\uDC4B".repeat(50_000).getBytes(UTF_8)).id();
            ada.chat("{\"message\":\"Elsewhere\",\"model_name\":\"tiny\",\"files\":[" + notes + "]}");
            assertThat(ada.put("/api/messages/2/favorite", "")).isOk();
            assertThat(ada.put("/api/messages/2/reaction", "{\"reaction\":\"\uD83D\uDC4D\"}")).isOk();
            assertThat(ada.post("/api/config/save", "{\"default_model\":\"echo\"}")).isOk();
            assertThat(ada.post("/api/v1/goals/", "{\"title\":\"Goal\"}")).hasStatus(201);
            assertThat(ada.post("/api/v1/tasks/", "{\"title\":\"Part\",\"tags\":[\"b\",\"a\"],\"goal_id\":1}")).hasStatus(201);
            assertThat(ada.post("/api/v1/tasks/", "{\"title\":\"Whole\"}")).hasStatus(201);
            assertThat(ada.patch("/api/v1/tasks/1", "{\"parent_id\":2}")).isOk();
        }
    }

    /** @return what the account sees of its data on a server */
    private static Map<String, String> seen(String url) throws Exception {
        try (var app = server(url)) {
            var answers = new HashMap<String, String>();
            for (var path : SEEN) {
                var answer = ada(app).get(path);
                assertThat(answer).isOk();
                answers.put(path, answer.body().replaceAll("\"(exported_at|timestamp)\":\"[^\"]*\"", "\"$1\":\"\""));
            }
            Supplier<String> search = () -> ada(app).post("/api/chat/search", "{\"query\":\"GRÜẞE\"}").body();
            Await.await(Duration.ofSeconds(30), () -> search.get().contains("Grü"), () -> "nothing is found");
            answers.put("search", search.get());
            return answers;
        }
    }

    private static void assertSeen(String url, Map<String, String> before) throws Exception {
        var now = seen(url);
        before.forEach((path, body) -> assertThat(form(now.get(path))).as(path).isEqualTo(form(body)));
    }

    /** JSON is the same with other blanks in it. */
    private static Object form(String body) {
        return body.startsWith("#") ? body : Json.read(body, JsonNode.class);
    }

    private static Client ada(TestApp app) {
        return app.with("key-of-ada");
    }

    private static TestApp server(String url) throws Exception {
        return TestApp.started("DATABASE_URL", url, "SECRET_KEY", SECRETS.get("SECRET_KEY"), "JWT_SECRET_KEY",
                SECRETS.get("JWT_SECRET_KEY"));
    }

    private static Storage storage(String url) {
        var settings = new HashMap<>(SECRETS);
        settings.put("DATABASE_URL", url);
        return Settings.of(settings).storage();
    }

    private static String transfer(String from, String to) throws IOException, SQLException {
        var out = new ByteArrayOutputStream();
        try (var source = storage(from).connectAlone(); var target = storage(to).connectAlone()) {
            new Transfer(source, target, new PrintStream(out, true, StandardCharsets.UTF_8), false).run();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The target takes no tasks, until the function is dropped. */
    private void refuseTasks() throws Exception {
        storage(postgres).migrate(migrations -> migrations.up());
        run("CREATE FUNCTION broken() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$");
        run("CREATE TRIGGER broken BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION broken()");
    }

    private void run(String statement) throws SQLException {
        try (var connection = PostgresServer.connect(postgres)) {
            connection.createStatement().execute(statement);
        }
    }
}

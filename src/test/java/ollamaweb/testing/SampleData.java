package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ollamaweb.Settings;
import ollamaweb.db.Storage;
import ollamaweb.json.Json;

/** A database with something of everything in it, and what its account sees of that. */
public final class SampleData {

    public static final Map<String, String> SECRETS =
            Map.of("SECRET_KEY", "secret-of-the-tests", "JWT_SECRET_KEY", "jwt-secret-of-the-tests-0123456789");
    private static final List<String> SEEN = List.of("/api/conversations", "/api/conversations/1?all=true", "/api/conversations/2",
            "/api/export/conversations/1/json", "/api/export/conversations/1/markdown", "/api/messages/favorites",
            "/api/messages/4/context", "/api/v1/tasks", "/api/v1/goals",
            "/api/v1/insights", "/api/files/1", "/api/config/get", "/api/v1/users/me");

    private SampleData() {}

    /** Somebody's conversations with versions and thinking, a task whose parent came later, a goal, a favorite, a file. */
    public static void fill(String url) throws Exception {
        try (var app = server(url)) {
            app.ollama().model("tiny", thinking("Hm").then(say("Grüße \uD83D\uDC4B \u0001")));
            app.ollama().abilities("tiny", "completion", "thinking");
            var ada = app.as("ada");
            ada.chat("{\"message\":\"One" + " long text".repeat(300) + "\",\"model_name\":\"echo\"}");
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
            if (url.startsWith("jdbc:sqlite:")) {
                Await.await(() -> isCompressed(url), () -> "long texts are plain");
            }
        }
    }

    private static boolean isCompressed(String url) {
        try (var connection = DriverManager.getConnection(url);
                var form = connection.createStatement().executeQuery("SELECT typeof(content) FROM messages WHERE id = 1")) {
            return form.getString(1).equals("blob");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return what the account sees of its data on a server */
    public static Map<String, String> seen(String url) throws Exception {
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

    /** The account sees the same as {@link #seen} saw before. */
    public static void assertSeen(String url, Map<String, String> before) throws Exception {
        var now = seen(url);
        before.forEach((path, body) -> assertThat(form(now.get(path))).as(path).isEqualTo(form(body)));
    }

    /** JSON is the same with other blanks in it. */
    private static Object form(String body) {
        return body.startsWith("#") ? body : Json.read(body, JsonNode.class);
    }

    /** @return the account of {@link #fill} */
    public static Client ada(TestApp app) {
        return app.with("key-of-ada");
    }

    /** @return a server on the database, to be closed by the caller */
    public static TestApp server(String url) throws Exception {
        return TestApp.started("DATABASE_URL", url, "SECRET_KEY", SECRETS.get("SECRET_KEY"), "JWT_SECRET_KEY",
                SECRETS.get("JWT_SECRET_KEY"));
    }

    /** @return the database with the secrets of {@link #server} */
    public static Storage storage(String url) {
        var settings = new HashMap<>(SECRETS);
        settings.put("DATABASE_URL", url);
        return Settings.of(settings).storage();
    }
}

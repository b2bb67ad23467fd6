package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;

/** Somebody who plans with tasks and goals; JSON is given with {@code '} for {@code "}. */
public final class TaskClient {

    private static final String TASKS = "/api/v1/tasks";
    private static final String GOALS = "/api/v1/goals";

    private final Client client;

    public TaskClient(Client client) {
        this.client = client;
    }

    /** @return the id of a task that was made just now */
    public long hasTask(String json) {
        return made(TASKS, json);
    }

    /** @return the id of a goal that was made just now */
    public long hasGoal(String json) {
        return made(GOALS, json);
    }

    public Answer tries(String method, String path, String json) {
        return switch (method) {
            case "POST" -> client.post(path, json.replace('\'', '"'));
            case "PUT" -> client.put(path, json.replace('\'', '"'));
            case "PATCH" -> client.patch(path, json.replace('\'', '"'));
            case "DELETE" -> client.delete(path);
            default -> client.get(path);
        };
    }

    public Answer createsTask(String json) {
        return tries("POST", TASKS, json);
    }

    public Answer changesTask(long id, String json) {
        return tries("PATCH", TASKS + "/" + id, json);
    }

    public Answer createsGoal(String json) {
        return tries("POST", GOALS, json);
    }

    public Answer changesGoal(long id, String json) {
        return tries("PATCH", GOALS + "/" + id, json);
    }

    public JsonNode task(long id) {
        return data(client.get(TASKS + "/" + id));
    }

    public JsonNode goal(long id) {
        return data(client.get(GOALS + "/" + id));
    }

    /** @return the titles on a page of a list, for example {@code /api/v1/tasks?status=open} */
    public List<String> titles(String list) {
        return data(client.get(list)).path("items").findValuesAsText("title");
    }

    /** @return what is in the envelope of a success */
    public static JsonNode data(Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer);
        }
        return answer.json().path("data");
    }

    /** Lets the first account of the server live in a time zone. */
    public static void moveFirstAccount(TestApp app, String zone) {
        try (var connection = TestDatabase.connect(app.database());
                var update = connection.prepareStatement("UPDATE users SET timezone = ? WHERE id = 1")) {
            update.setString(1, zone);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long made(String path, String json) {
        return data(tries("POST", path, json)).path("id").asLong();
    }
}

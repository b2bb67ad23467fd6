package ollamaweb.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import ollamaweb.testing.Answer;
import ollamaweb.testing.ApiDocument;
import ollamaweb.testing.ApiDocument.Operation;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that takes an id, with the id of somebody else's thing; made from the API's description. */
class OwnershipTest {

    private static final long NOBODYS = 999_999;
    private static final MediaType JSON = MediaType.get("application/json");

    /** How somebody comes to own what an id stands for, by the document's name of the id. */
    private static final Map<String, ToLongFunction<Client>> THINGS = Map.<String, ToLongFunction<Client>>ofEntries(
            Map.entry("ConversationId", owner -> owner.startsConversation("tiny")),
            Map.entry("ShareId", OwnershipTest::sharesWithItsOwnId),
            Map.entry("MemberId", OwnershipTest::hasMemberWithItsOwnId),
            Map.entry("PromptId", owner -> owner.post("/api/prompts", "{\"name\":\"Mine\",\"content\":\"Hi\"}").json().path("id").asLong()),
            Map.entry("UpstreamId", owner -> owner.post("/api/upstreams",
                    "{\"name\":\"" + UUID.randomUUID() + "\",\"kind\":\"openai\",\"url\":\"https://api.openai.com\",\"enabled\":false}")
                    .json().path("id").asLong()),
            Map.entry("TrashedId", owner -> {
                long id = owner.startsConversation("tiny");
                owner.post("/api/conversations/" + id + "/trash", "");
                return id;
            }),
            Map.entry("PullId", OwnershipTest::pullsAsAdmin),
            Map.entry("ImportId", owner -> owner.upload("/api/import", "none.json", "[]".getBytes(UTF_8)).json().path("id").asLong()),
            Map.entry("FileId", owner -> owner.upload("a.png", Pictures.png(owner.token())).id()),
            Map.entry("AnswerId", owner -> owner.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}")
                    .json().path("message_id").asLong()),
            Map.entry("MessageId", owner -> owner.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}")
                    .json().path("message_id").asLong()),
            Map.entry("UserId", OwnershipTest::isAdminOfAnother),
            Map.entry("ApiKeyId", owner -> made(owner.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}"))),
            Map.entry("TaskId", owner -> made(owner.post("/api/v1/tasks", "{\"title\":\"Feed the starter\"}"))),
            Map.entry("ReminderId", OwnershipTest::remindsOfItsOwnId),
            Map.entry("GoalId", owner -> made(owner.post("/api/v1/goals", "{\"title\":\"Bake\"}"))),
            Map.entry("InsightId", owner -> made(owner.post("/api/v1/insights", "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}"))));

    @RegisterExtension
    static final TestApp app = new TestApp();

    static List<Operation> operationsWithIds() {
        return ApiDocument.operations().stream()
                .filter(operation -> operation.idParameter().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operationsWithIds")
    void another_users_thing_does_not_exist(Operation operation) {
        app.ollama().model("tiny", say("Hello"));
        var ada = app.as("ada");
        long id = THINGS.get(operation.idParameter().orElseThrow()).applyAsLong(ada);

        var strangers = send(app.as("bob"), operation, id);
        var missing = send(app.as("bob"), operation, NOBODYS);
        var own = send(ada, operation, id);

        assertThat(strangers).hasStatus(404);
        assertThat(missing).hasStatus(404);
        assertThat(strangers.body()).isEqualTo(missing.body());
        assertThat(own.status()).as(own.body()).isBetween(200, 299);
    }

    @Test
    void every_path_with_a_number_in_it_is_known_to_be_one() {
        assertThat(ApiDocument.operations())
                .filteredOn(operation -> operation.path().matches(".*\\{[a-z_]*id}.*"))
                .allSatisfy(operation -> assertThat(THINGS).containsKey(operation.idParameter().orElse("none")));
    }

    private static Answer send(Client client, Operation operation, long id) {
        var example = operation.exampleBody();
        var json = example == null ? null : RequestBody.create(example, JSON);
        var body = json == null && operation.method().matches("POST|PUT|PATCH") ? RequestBody.create(new byte[0]) : json;
        return client.sendOrOpen(client.request(operation.pathFor(id)).method(operation.method(), body).build());
    }

    private static long made(Answer answer) {
        return answer.json().path("data").path("id").asLong();
    }

    /** Pulls are the server's, and there for its admins only. */
    private static long pullsAsAdmin(Client admin) {
        assertThat(admin.post("/api/models/pull", "{\"name\":\"tiny\"}")).isOk();
        return admin.get("/api/models/pulls").json().at("/pulls/0/id").asLong();
    }

    /** @return the id of an account that the admin may change */
    private static long isAdminOfAnother(Client admin) {
        assertThat(admin.get("/api/v1/users").json().at("/data/items").size()).isPositive();
        return SignedInUser.registers(app, UUID.randomUUID().toString()).id();
    }

    /** @return the id of a conversation that is the id of one of its shares, too */
    private static long sharesWithItsOwnId(Client owner) {
        long conversation = owner.startsConversation("tiny");
        while (true) {
            var shares = "/api/conversations/" + conversation + "/shares";
            long share = owner.post(shares, "{}").json().path("id").asLong();
            if (share == conversation) {
                return conversation;
            }
            owner.delete(shares + "/" + share);
            conversation = share > conversation ? owner.startsConversation("tiny") : conversation;
        }
    }

    /** @return the id of a conversation that is the id of one of its members, too */
    private static long hasMemberWithItsOwnId(Client owner) {
        long conversation = owner.startsConversation("tiny");
        long member = newAccount();
        while (member != conversation) {
            if (member < conversation) {
                member = newAccount();
            } else {
                conversation = owner.startsConversation("tiny");
            }
        }
        assertThat(owner.post("/api/conversations/" + conversation + "/members", "{\"user_id\":" + member + ",\"role\":\"reader\"}"))
                .hasStatus(201);
        return conversation;
    }

    private static long newAccount() {
        return app.as(UUID.randomUUID().toString()).get("/api/config/get").json().path("user_id").asLong();
    }

    /** @return the id of a task that is the id of one of its reminders, too */
    private static long remindsOfItsOwnId(Client owner) {
        long task = made(owner.post("/api/v1/tasks", "{\"title\":\"Feed the starter\"}"));
        while (true) {
            var reminders = "/api/v1/tasks/" + task + "/reminders";
            long reminder = made(owner.post(reminders, "{\"remind_at\":\"2030-03-01T09:30:00Z\"}"));
            if (reminder == task) {
                return task;
            }
            owner.delete(reminders + "/" + reminder);
            task = reminder > task ? made(owner.post("/api/v1/tasks", "{\"title\":\"Feed the starter\"}")) : task;
        }
    }
}

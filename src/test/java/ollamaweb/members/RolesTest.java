package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import ollamaweb.testing.Answer;
import ollamaweb.testing.ApiDocument;
import ollamaweb.testing.ApiDocument.Operation;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation on a conversation and on what is in it, by its owner, a writer, a reader, one who was a member, a stranger,
 * the holder of a link, and nobody; made from the API's description.
 */
class RolesTest {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Set<String> IDS = Set.of("ConversationId", "ShareId", "MemberId", "AnswerId", "MessageId", "FileId", "TrashedId");

    /** What only owners may do, and others are told so who see the thing. */
    private static final Set<String> FOR_OWNERS = Set.of(
            "DELETE /api/conversations/{id}", "POST /api/conversations/{id}/trash",
            "GET /api/conversations/{id}/shares", "POST /api/conversations/{id}/shares",
            "DELETE /api/conversations/{id}/shares/{share_id}",
            "POST /api/conversations/{id}/members", "PATCH /api/conversations/{id}/members/{user_id}",
            "DELETE /api/conversations/{id}/members/{user_id}", "DELETE /api/messages/{id}");

    /** What writers may do, too. */
    private static final Set<String> FOR_WRITERS = Set.of(
            "PUT /api/conversations/{id}", "POST /api/chat/{message_id}/stop", "PUT /api/messages/{id}/reaction");

    /** What there is for its owner alone, so that nobody else is told of it. */
    private static final Set<String> HIDDEN = Set.of(
            "DELETE /api/files/{id}", "GET /api/trash/{id}", "DELETE /api/trash/{id}", "POST /api/trash/{id}/restore");

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client owner;
    private long conversation;
    private String link = "nothing";

    static List<Operation> operations() {
        return ApiDocument.operations().stream().filter(operation -> operation.idParameter().filter(IDS::contains).isPresent()).toList();
    }

    @BeforeEach
    void seeingModel() {
        app.ollama().model("tiny", say("Hello"));
        app.ollama().abilities("tiny", "completion", "vision");
        owner = app.as("ada");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_thing_is_there_for_members_as_their_role_says_and_for_nobody_else(Operation operation) {
        var name = operation.method() + " " + operation.path();
        long id = thing(operation.idParameter().orElseThrow());

        assertThat(send(app.anonymous(), operation, id)).hasStatus(401);
        assertThat(send(app.with(link), operation, id)).hasStatus(401);
        assertThat(send(app.as("bob"), operation, id)).hasStatus(404);
        assertThat(send(app.as("rex"), operation, id)).hasStatus(404);
        expect(send(app.as("rita"), operation, id), !FOR_OWNERS.contains(name) && !FOR_WRITERS.contains(name)
                || name.startsWith("DELETE /api/conversations/{id}/members"), HIDDEN.contains(name));
        expect(send(app.as("wanda"), operation, id), !FOR_OWNERS.contains(name), HIDDEN.contains(name));
        if (!name.startsWith("DELETE /api/conversations/{id}/members") && !name.equals("DELETE /api/files/{id}")) {
            assertThat(send(owner, operation, id).status()).isBetween(200, 299);
        }
    }

    private static void expect(Answer answer, boolean isAllowed, boolean isHidden) {
        if (isHidden) {
            assertThat(answer).hasStatus(404);
        } else if (isAllowed) {
            assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        } else {
            assertThat(answer).hasStatus(403);
        }
    }

    private Answer send(Client client, Operation operation, long id) {
        boolean isWithin = operation.path().matches(".*\\{(share|user)_id}");
        var path = operation.path().replaceFirst("\\{id}", Long.toString(isWithin ? conversation : id)).replaceAll("\\{[a-z_]+}",
                Long.toString(id));
        var example = operation.exampleBody();
        var json = example == null ? null : RequestBody.create(bodyFor(operation, example), JSON);
        var body = json == null && operation.method().matches("POST|PUT|PATCH") ? RequestBody.create(new byte[0]) : json;
        return client.sendOrOpen(client.request(path).method(operation.method(), body).build());
    }

    /** The example names an account of which nothing is known here. */
    private static String bodyFor(Operation operation, String example) {
        return operation.path().endsWith("/members") ? "{\"user_id\":" + id("rex") + ",\"role\":\"reader\"}" : example;
    }

    /** @return the id of what an operation is about, in a conversation that has members */
    private long thing(String kind) {
        return switch (kind) {
            case "AnswerId", "MessageId" -> asks("[]");
            case "FileId" -> {
                long file = owner.upload("a.png", Pictures.png(UUID.randomUUID().toString())).id();
                asks("[" + file + "]");
                yield file;
            }
            case "ShareId" -> {
                joinAll(owner.startsConversation("tiny"));
                var share = owner.post("/api/conversations/" + conversation + "/shares", "{}").json();
                link = share.path("token").asText();
                yield share.path("id").asLong();
            }
            case "TrashedId" -> {
                joinAll(owner.startsConversation("tiny"));
                assertThat(owner.post("/api/conversations/" + conversation + "/trash", "")).isOk();
                yield conversation;
            }
            default -> {
                joinAll(owner.startsConversation("tiny"));
                yield kind.equals("MemberId") ? id("rita") : conversation;
            }
        };
    }

    private long asks(String files) {
        var said = owner.post("/api/chat/stream",
                "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false,\"files\":" + files + "}").json();
        joinAll(said.path("conversation_id").asLong());
        return said.path("message_id").asLong();
    }

    private void joinAll(long id) {
        conversation = id;
        join("wanda", "writer");
        join("rita", "reader");
        join("rex", "reader");
        assertThat(owner.delete("/api/conversations/" + id + "/members/" + id("rex"))).isOk();
    }

    private void join(String name, String role) {
        assertThat(owner.post("/api/conversations/" + conversation + "/members",
                "{\"user_id\":" + id(name) + ",\"role\":\"" + role + "\"}")).hasStatus(201);
    }

    private static long id(String name) {
        return app.as(name).get("/api/config/get").json().path("user_id").asLong();
    }
}

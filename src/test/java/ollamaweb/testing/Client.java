package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import ollamaweb.json.Json;

/** Somebody who talks to the server over HTTP; paths are given from the root, as in {@code /api/config/get}. */
public final class Client {

    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final String base;
    private final String token;
    private final String forwardedFor;

    Client(OkHttpClient http, String base, String token) {
        this(http, base, token, null);
    }

    private Client(OkHttpClient http, String base, String token, String forwardedFor) {
        this.http = http;
        this.base = base;
        this.token = token;
        this.forwardedFor = forwardedFor;
    }

    /** @return the same, as a proxy has it that tells this address of its client */
    public Client forwardedFor(String address) {
        return new Client(http, base, token, address);
    }

    public String token() {
        return token;
    }

    public Answer get(String path) {
        return send(request(path).build());
    }

    public Answer post(String path, String json) {
        return send(request(path).post(body(json)).build());
    }

    public Answer put(String path, String json) {
        return send(request(path).put(body(json)).build());
    }

    public Answer patch(String path, String json) {
        return send(request(path).patch(body(json)).build());
    }

    public Answer delete(String path) {
        return send(request(path).delete().build());
    }

    /** Uploads a file, to go with a message. */
    public Answer upload(String name, byte[] bytes) {
        return upload("/api/files", name, bytes);
    }

    /** As {@link #upload(String, byte[])}, to another place. */
    public Answer upload(String path, String name, byte[] bytes) {
        var file = RequestBody.create(bytes, MediaType.get("application/octet-stream"));
        return send(request(path).post(new MultipartBody.Builder().setType(MultipartBody.FORM)
                .addFormDataPart("file", name, file).build()).build());
    }

    /** @return a request to the path, with the token; for what the other methods cannot say */
    public Request.Builder request(String path) {
        var request = new Request.Builder().url(base + path);
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Sends it, and holds the answer against the API's description. */
    public Answer send(Request request) {
        try {
            var answer = Answer.of(http.newCall(request).execute());
            ApiDocument.check(request.method(), request.url().encodedPath(), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #send}; of an event stream, which may have no end, only that it opens. */
    public Answer sendOrOpen(Request request) {
        try {
            var response = http.newCall(request).execute();
            if (response.code() == 200 && response.header("Content-Type", "").startsWith("text/event-stream")) {
                response.close();
                return new Answer(200, response.headers(), "");
            }
            var answer = Answer.of(response);
            ApiDocument.check(request.method(), request.url().encodedPath(), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the open stream of {@code POST /api/chat/stream} */
    public EventReader ask(String json) {
        return open(request("/api/chat/stream").post(body(json)).build());
    }

    /** @return the open stream of an answer, from its beginning */
    public EventReader follow(long messageId) {
        return open(request("/api/chat/stream/" + messageId).build());
    }

    /** Follows what happens in the account. */
    public EventReader accountEvents() {
        return open(request("/api/v1/events").get().build());
    }

    /** As {@link #accountEvents()}, as a client that comes back. */
    public EventReader accountEvents(String lastEventId) {
        return open(request("/api/v1/events").header("Last-Event-ID", lastEventId).get().build());
    }

    public EventReader open(Request request) {
        try {
            return new EventReader(call(request).execute());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Call call(Request request) {
        return http.newCall(request);
    }

    /** Asks and waits for the end. */
    public List<Event> chat(String json) {
        try (var stream = ask(json)) {
            return stream.rest();
        }
    }

    /** @return the id of a conversation with the model that was made just now */
    public long startsConversation(String model) {
        return post("/api/conversations", "{\"model_name\":" + Json.write(model) + "}").id();
    }

    /** @return the messages of a conversation, oldest first */
    public JsonNode messages(long conversationId) {
        return get("/api/conversations/" + conversationId).json().path("messages");
    }

    private static RequestBody body(String json) {
        return RequestBody.create(json, JSON);
    }
}

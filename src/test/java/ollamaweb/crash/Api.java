package ollamaweb.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import ollamaweb.json.Json;

/** Talks to the server as an account; what the server does not answer to its end is an {@link IOException}. */
final class Api {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String key;

    Api(int port, String key) {
        this.port = port;
        this.key = key;
    }

    /** A whole answer. */
    record Answer(int status, String body) {

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }

        /** @return the same, of a request that has to succeed */
        Answer ok() {
            if (status >= 300) {
                throw new Broken("The server answered " + status + ": " + body);
            }
            return this;
        }
    }

    Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    Answer post(String path, String json) throws IOException {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    /** Sends a file as a form of a page does. */
    Answer upload(String path, String name, String content) throws IOException {
        var body =
                "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n--part--\r\n";
        return send(request(path).setHeader("Content-Type", "multipart/form-data; boundary=part").POST(BodyPublishers.ofString(body)));
    }

    Answer patch(String path, String json) throws IOException {
        return send(request(path).method("PATCH", BodyPublishers.ofString(json)));
    }

    Answer delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    /** @return the lines of the stream; reading them may end with an {@link java.io.UncheckedIOException} */
    Stream<String> ask(String json) throws IOException {
        var answer = exchange(request("/api/chat/stream").POST(BodyPublishers.ofString(json)), BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new Broken("The server refused a question with " + answer.statusCode());
        }
        return answer.body();
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        var answer = exchange(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request.build(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LONGEST)
                .header("Authorization", "Bearer " + key).header("Content-Type", "application/json");
    }
}

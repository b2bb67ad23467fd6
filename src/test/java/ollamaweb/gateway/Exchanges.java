package ollamaweb.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;

/** What a program of another API asks, and what is kept of it. */
final class Exchanges {

    static final String ASK = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";
    static final String OPENAI = ASK.replace("\"model\"", "\"store\":true,\"model\"");

    private Exchanges() {}

    /** @return the answer, to be read and closed */
    static Response send(Client client, String path, String body, String... headers) throws IOException {
        return client.call(request(client, path, body, headers)).execute();
    }

    static Answer post(Client client, String path, String body, String... headers) {
        return client.send(request(client, path, body, headers));
    }

    static long conversation(Response answer) {
        return Long.parseLong(answer.header("X-Conversation-Id"));
    }

    /** @return the messages of a conversation as {@code role: content} */
    static List<String> texts(Client user, long conversation) {
        return user.messages(conversation).valueStream()
                .map(message -> message.path("role").asText() + ": " + message.path("content").asText()).toList();
    }

    /** @return how the answer to the first question has ended */
    static String status(Client user, Response answer) {
        return user.messages(conversation(answer)).at("/1/status").asText();
    }

    private static Request request(Client client, String path, String body, String... headers) {
        var request = client.request(path).post(RequestBody.create(body.getBytes(UTF_8), MediaType.get("application/json")));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}

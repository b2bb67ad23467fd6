package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where an answer can be had, from the server or straight from the upstream.
 *
 * @param request makes the HTTP request that asks a model
 * @param reader  reads the tokens of one answer
 */
record Target(int port, Function<String, byte[]> request, Supplier<TokenReader> reader) {

    /** The scripted Ollama itself. */
    static Target upstream(int port) {
        return new Target(port, model -> post("/api/chat", null,
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Count, please\"}],\"stream\":true}"),
                LineTokens::new);
    }

    /** The server; each question begins a new conversation. */
    static Target server(int port, String key) {
        return new Target(port, model -> post("/api/chat/stream", key,
                "{\"model_name\":\"" + model + "\",\"message\":\"Count, please\"}"), EventTokens::new);
    }

    static byte[] get(String path, String key) {
        return get(path, key, "");
    }

    /** @param headers further ones, each with its line end */
    static byte[] get(String path, String key, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + authorization(key) + headers + "\r\n").getBytes(UTF_8);
    }

    static byte[] post(String path, String key, String json) {
        var body = json.getBytes(UTF_8);
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + authorization(key) + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n" + json).getBytes(UTF_8);
    }

    private static String authorization(String key) {
        return key == null ? "" : "Authorization: Bearer " + key + "\r\n";
    }
}

package ollamaweb.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import ollamaweb.json.Json;

/** Talks to an Ollama over its HTTP API; safe for many threads. */
public final class OllamaClient implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final long MAX_ANSWER_BYTES = 64L * 1024 * 1024;

    /** Reads what Ollama sends with all its freedom: unknown fields, nulls, big numbers. */
    private static final ObjectMapper LENIENT = new JsonMapper();

    private final OkHttpClient calls;
    private final OkHttpClient streams;

    /** @param guard decides which addresses may be connected to */
    public OllamaClient(OutboundGuard guard) {
        this.calls = new OkHttpClient.Builder()
                .socketFactory(guard)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .build();
        this.streams = calls.newBuilder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .build();
    }

    /**
     * {@code GET /api/tags}; known after 10 seconds at the latest.
     *
     * @return the installed models, as Ollama describes them
     * @throws OllamaException if it cannot be had
     */
    public List<JsonNode> tags(HttpUrl ollama) {
        var models = new ArrayList<JsonNode>();
        json(get(ollama, "api/tags")).path("models").forEach(models::add);
        return models;
    }

    /**
     * {@code POST /api/show}; known after 10 seconds at the latest.
     *
     * @return what Ollama knows of the model
     * @throws OllamaException of kind MODEL_NOT_FOUND, or any other
     */
    public JsonNode show(HttpUrl ollama, String model) {
        var body = RequestBody.create(Json.write(Map.of("model", model)), JSON);
        try {
            return json(request(ollama, "api/show").post(body).build());
        } catch (OllamaException e) {
            throw e.kind() == OllamaException.Kind.MODEL_NOT_FOUND ? OllamaException.modelNotFound(model) : e;
        }
    }

    /** @return whether an Ollama answers {@code GET /api/version} there; known after 5 seconds at the latest */
    public boolean answers(HttpUrl ollama) {
        return answers(ollama, PROBE_TIMEOUT);
    }

    /** As {@link #answers(HttpUrl)}, known after {@code patience} at the latest. */
    public boolean answers(HttpUrl ollama, Duration patience) {
        var probe = calls.newBuilder().callTimeout(patience).build();
        try (var response = probe.newCall(get(ollama, "api/version")).execute()) {
            return response.isSuccessful() && read(response).hasNonNull("version");
        } catch (IOException | OllamaException e) {
            return false;
        }
    }

    /** Prepares an answer; it starts when the {@link ChatCall} is run. */
    public ChatCall chat(HttpUrl ollama, ChatRequest chat) {
        var request = request(ollama, "api/chat")
                .header("Accept-Encoding", "identity")
                .post(RequestBody.create(Json.write(chat), JSON))
                .build();
        return new ChatCall(streams.newCall(request), chat.model());
    }

    @Override
    public void close() {
        calls.dispatcher().cancelAll();
        calls.dispatcher().executorService().shutdown();
        calls.connectionPool().evictAll();
    }

    /** Who does not answer in time is not asked again: what was too slow once keeps its callers waiting three times as long. */
    private JsonNode json(Request request) {
        long end = System.nanoTime() + CALL_TIMEOUT.toNanos();
        var pause = FIRST_PAUSE;
        for (int attempt = 1;; attempt++) {
            var call = calls.newCall(request);
            call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            try (var response = call.execute()) {
                if (response.code() != 503 || attempt == TRIES) {
                    return read(response);
                }
            } catch (OutboundGuard.ForbiddenAddressException e) {
                throw forbidden(e);
            } catch (InterruptedIOException e) {
                throw OllamaException.unreachable(e);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw OllamaException.unreachable(e);
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(3);
        }
    }

    private static JsonNode read(Response response) throws IOException {
        if (!response.isSuccessful()) {
            throw OllamaRefusal.of(response, null);
        }
        try (var in = new BoundedInput(response.body().byteStream(), MAX_ANSWER_BYTES)) {
            var answer = LENIENT.readTree(in);
            if (answer == null || !answer.isObject()) {
                throw OllamaException.broken("Ollama sent something that is not JSON", null);
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw OllamaException.broken("Ollama sent something that is not JSON", e);
        }
    }

    static OllamaException forbidden(IOException cause) {
        return new OllamaException(OllamaException.Kind.FORBIDDEN_ADDRESS, "address is not allowed", cause);
    }

    private static Request get(HttpUrl ollama, String path) {
        return request(ollama, path).build();
    }

    private static Request.Builder request(HttpUrl ollama, String path) {
        return new Request.Builder().url(ollama.newBuilder().addPathSegments(path).build());
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OllamaException.unreachable(e);
        }
    }
}

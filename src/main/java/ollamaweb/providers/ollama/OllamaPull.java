package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import ollamaweb.providers.BoundedInput;
import ollamaweb.providers.ModelPull;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.PullProgress;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.providers.UpstreamText;

/**
 * Reads what {@code POST /api/pull} answers: newline-delimited JSON objects, each about the part that is coming, until one says
 * {@code success}. Almost every failure is a line, too, after status 200.
 */
final class OllamaPull implements ModelPull {

    /** The check of a large model says nothing for minutes. */
    private static final Duration SILENCE = Duration.ofMinutes(30);
    private static final int MAX_LINE_BYTES = 1_000_000;
    /** More parts than any model has; what comes beyond is not counted. */
    private static final int MAX_PARTS = 1000;
    private static final ObjectReader LINES = new JsonMapper().readerFor(JsonNode.class);

    /** One part of the model, in bytes. */
    private record Part(long completed, long total) {}

    private final Map<String, Part> parts = new HashMap<>();
    private final Call call;
    private final String model;
    private final Consumer<PullProgress> told;

    /** @param request asks for the model */
    OllamaPull(UpstreamHttp http, Request request, String model, Consumer<PullProgress> told) {
        this.call = http.relaying(SILENCE).newCall(request);
        this.model = model;
        this.told = told;
    }

    @Override
    public void run() {
        try (var response = call.execute()) {
            if (!response.isSuccessful()) {
                throw OllamaKind.OLLAMA.refusal(response, model);
            }
            read(response);
        } catch (IOException e) {
            throw UpstreamHttp.noAnswer(OllamaKind.OLLAMA, e);
        }
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    private void read(Response response) {
        var input = new BoundedInput(response.body().byteStream(), MAX_LINE_BYTES, OllamaKind.OLLAMA);
        try (var lines = LINES.<JsonNode>readValues(input)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                input.restart();
                if (isLast(line)) {
                    return;
                }
            }
        } catch (JacksonException e) {
            throw ProviderException.broken("Ollama sent something that is not the progress of a pull", e);
        } catch (IOException e) {
            throw ProviderException.broken("The connection to Ollama broke before the model was whole", e);
        }
        throw ProviderException.broken("Ollama ended before the model was whole", null);
    }

    private boolean isLast(JsonNode line) {
        if (line.hasNonNull("error")) {
            throw OllamaKind.midway(line.path("error").asText());
        }
        var part = line.path("digest").asText();
        if (!part.isEmpty() && (parts.containsKey(part) || parts.size() < MAX_PARTS)) {
            parts.put(part, new Part(bytes(line, "completed"), bytes(line, "total")));
        }
        var status = UpstreamText.cleaned(line.path("status").asText());
        told.accept(new PullProgress(status, parts.values().stream().mapToLong(Part::completed).sum(),
                parts.values().stream().mapToLong(Part::total).sum()));
        return status.equals("success");
    }

    private static long bytes(JsonNode line, String field) {
        return Math.max(0, line.path(field).asLong());
    }
}

package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ollamaweb.db.Transaction;
import ollamaweb.json.Json;
import ollamaweb.providers.ChatOptions;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ChatRequest.Turn;

/**
 * What a model is asked for one answer, and what is remembered of that.
 *
 * @param sent          how many messages it gets to read
 * @param leftOut       how many earlier ones it does not
 * @param bytes         how long all texts are together, as UTF-8, those of files included
 * @param bytesInMemory as {@code bytes}, without those of files, which are read as they are sent
 * @param bytesPerToken as earlier answers of the model measured
 */
record SentPrompt(ChatRequest request, int sent, int leftOut, long bytes, long bytesInMemory, double bytesPerToken) {

    /** Of a model that has not been asked yet: English has some four bytes a token, code and other languages fewer. */
    private static final double USUAL_BYTES_PER_TOKEN = 3.5;
    /** Less than a measure would tell about a prompt this short: a server's own template counts as well. */
    private static final int SHORT_PROMPT_BYTES = 4096;
    /** A prompt with fewer tokens than this part of what was to be expected was cut. */
    private static final double CUT = 0.6;
    /** The same where nobody tells how long the model's context is. */
    private static final double CUT_FOR_CERTAIN = 0.3;

    /** What is remembered of the options; what was not set is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Remembered(Map<String, Object> options, String think, JsonNode format, JsonNode keepAlive) {

        static Remembered of(ChatOptions options) {
            var named = new TreeMap<String, Object>(options.options());
            if (options.temperature() != null) {
                named.put("temperature", options.temperature());
            }
            return new Remembered(named, options.think(), options.format(), options.keepAlive());
        }
    }

    /** Reads what the model gets to read, the system prompt and then the last messages, and remembers it with the answer. */
    static SentPrompt of(Transaction tx, Question question, ContextLimits limits, Attachments attachments) {
        var contexts = tx.dao(ContextDao.class);
        var measured = contexts.measured(question.userId(), question.modelName());
        double bytesPerToken = measured.tokens() == null ? USUAL_BYTES_PER_TOKEN : (double) measured.bytes() / measured.tokens();
        var system = question.systemPrompt();
        long systemBytes = system == null ? 0 : Utf8.length(system);
        var newest = contexts.newest(question.windowEnd(), 2 * limits.messages() + 2);
        var window = ContextWindow.of(newest, contexts.count(question.windowEnd()), limits, bytesPerToken,
                systemBytes);
        var turns = new ArrayList<Turn>();
        if (system != null) {
            turns.add(new Turn("system", system));
        }
        if (!window.ids().isEmpty()) {
            contexts.turns(window.ids().get(0), question.windowEnd()).forEach(said -> turns.add(new Turn(said.role(), said.content(),
                    said.hasFiles() ? attachments.toSend(tx, said.id(), question.withImages()) : List.of())));
        }
        long bytesInMemory = turns.stream().mapToLong(turn -> Utf8.length(turn.content())).sum();
        long bytes = bytesInMemory + window.fileTextBytes();
        contexts.put(question.answerId(), question.userId(), question.modelName(), system, Json.write(Remembered.of(question.options())),
                Json.write(window.ids()), Json.write(window.leftOut()), window.ids().size(), window.countLeftOut(), bytes);
        return new SentPrompt(new ChatRequest(question.modelName(), turns, question.options()), window.ids().size(), window.countLeftOut(),
                bytes, bytesInMemory, bytesPerToken);
    }

    /** Remembers with the answer what a client sent itself; the request is passed on as it is. */
    static SentPrompt of(Transaction tx, Question question, Exchange exchange, List<Long> ids) {
        var contexts = tx.dao(ContextDao.class);
        var measured = contexts.measured(question.userId(), question.modelName());
        double bytesPerToken = measured.tokens() == null ? USUAL_BYTES_PER_TOKEN : (double) measured.bytes() / measured.tokens();
        int sent = exchange.said().size();
        long bytes = exchange.textBytes();
        contexts.put(question.answerId(), question.userId(), question.modelName(), question.systemPrompt(),
                Json.write(Remembered.of(question.options())), Json.write(ids), "[]", sent, 0, bytes);
        return new SentPrompt(new ChatRequest(question.modelName(), List.of(), question.options()), sent, 0, bytes,
                exchange.requestBytes(), bytesPerToken);
    }

    /**
     * A server that cuts a prompt to its context answers as if nothing were, but has read far fewer tokens than it was sent.
     *
     * @param promptTokens  how many it has read, or null
     * @param contextLength how many it could have, or null
     */
    boolean wasCut(Integer promptTokens, Integer contextLength) {
        if (promptTokens == null || bytes < SHORT_PROMPT_BYTES) {
            return false;
        }
        double expected = bytes / bytesPerToken;
        return contextLength == null
                ? promptTokens < CUT_FOR_CERTAIN * expected
                : promptTokens < CUT * expected && expected > contextLength;
    }
}

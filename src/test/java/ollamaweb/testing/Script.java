package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;

/**
 * What a model does when asked, as steps that can be joined: {@code say("Hel").then(hold(gate), say("lo"))}.
 * Headers leave with the first object, so a hold or silence before it holds them back too. A script that does not
 * end itself ends with the normal {@code done:true} line. Immutable.
 */
public final class Script {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final List<Step> steps;
    private final DoneLine doneLine;

    private Script(List<Step> steps, DoneLine doneLine) {
        this.steps = steps;
        this.doneLine = doneLine;
    }

    /** Each chunk becomes one line of content. */
    public static Script say(String... chunks) {
        return step(response -> {
            for (var chunk : chunks) {
                response.content(chunk);
            }
        });
    }

    public static Script thinking(String... chunks) {
        return step(response -> {
            for (var chunk : chunks) {
                response.thinking(chunk);
            }
        });
    }

    /** Wants a tool to be called, with a JSON object. */
    public static Script toolCall(String name, String arguments) {
        return step(response -> response.toolCall(new AnswerShape.Call(name, arguments)));
    }

    /** The contents " t0", " t1" … at a steady rate; 0 per second means as fast as the client takes them. */
    public static Script tokens(int count, double perSecond) {
        return step(new TokenRun(count, perSecond));
    }

    /** Everything that a real Ollama once answered, in {@code src/test/resources/ollama}; see {@link Transcript}. */
    public static Script transcript(String name) {
        var transcript = Transcript.of(name);
        if (transcript.status() != 200) {
            return refuseRaw(transcript.status(), transcript.contentType(), String.join("\n", transcript.lines()));
        }
        return step(response -> {
            for (var line : transcript.lines()) {
                response.raw((line + "\n").getBytes(UTF_8));
            }
        }).then(transcript.whole() ? hangUp() : dropConnection());
    }

    /** Ends as when the process that runs the model dies. */
    public static Script runnerDies() {
        return errorLine("an error was encountered while running the model: unexpected EOF");
    }

    /** Says that as many wait already as may wait. */
    public static Script serverBusy() {
        return refuse(503, "server busy, please try again.  maximum pending requests exceeded");
    }

    public static Script hold(Gate gate) {
        return step((Wait) client -> client.waitFor(gate));
    }

    public static Script pause(Duration duration) {
        return step((Wait) client -> client.idle(duration));
    }

    /** Sends nothing more until the client leaves. */
    public static Script silence() {
        return pause(FOREVER);
    }

    /** Sends the headers now instead of together with the first object. */
    public static Script earlyHeaders() {
        return step(ChatResponse::headers);
    }

    /** A valid line with that many bytes of content. */
    public static Script hugeLine(int bytes) {
        return step(response -> response.content("x".repeat(bytes)));
    }

    /** A line of these bytes (one per character, Latin-1), whatever they are. */
    public static Script garbage(String bytes) {
        return step(response -> response.raw((bytes + "\n").getBytes(ISO_8859_1)));
    }

    /** Exactly this text as one chunk, without a line end of its own. */
    public static Script raw(String text) {
        return step(response -> response.raw(text.getBytes(UTF_8)));
    }

    /** A line of a pull: so many bytes of a layer have come; none are left out, as Ollama leaves out zeros. */
    public static Script pulling(String layer, long completed, long total) {
        return raw("{\"status\":\"pulling %1$s\",\"digest\":\"sha256:%1$s\",\"total\":%2$d%3$s}\n".formatted(layer, total,
                completed == 0 ? "" : ",\"completed\":" + completed));
    }

    /** Does something beside the answer. */
    public static Script run(Runnable action) {
        return step(response -> action.run());
    }

    /** Ends with {@code {"error":…}} inside a stream that began well (with stream:false: a 500). */
    public static Script errorLine(String text) {
        return step(response -> response.error(text));
    }

    /** Ends with half a line and a connection reset. */
    public static Script cutMidLine() {
        return step(ChatResponse::cutMidLine);
    }

    /** Ends cleanly, but without {@code done:true}. */
    public static Script hangUp() {
        return step(ChatResponse::hangUp);
    }

    /** Ends by closing the connection between two lines, the chunked body unterminated. */
    public static Script dropConnection() {
        return step(ChatResponse::drop);
    }

    /** Answers with a status and {@code {"error":…}}; like the two below only before the first object. */
    public static Script refuse(int status, String error) {
        return step(new Refusal(OllamaJson.response(status, OllamaJson.error(error))));
    }

    public static Script refuseRaw(int status, String contentType, String body) {
        return step(new Refusal(
                new MockResponse.Builder().code(status).setHeader("Content-Type", contentType).body(body).build()));
    }

    public static Script redirect(String location) {
        return step(new Refusal(new MockResponse.Builder().code(307).setHeader("Location", location).build()));
    }

    /** This script and then the others; the ending stays this one's. */
    public Script then(Script... others) {
        var added = Arrays.stream(others).flatMap(other -> other.steps.stream());
        return new Script(Stream.concat(steps.stream(), added).toList(), doneLine);
    }

    public Script evalCount(int count) {
        return endingWith(doneLine.withEvalCount(count));
    }

    /** The done line says that the prompt had so many tokens. */
    public Script promptTokens(int count) {
        return endingWith(doneLine.withPromptTokens(count));
    }

    /** The done line says nothing about tokens. */
    public Script withoutCounts() {
        return endingWith(doneLine.withoutCounts());
    }

    public Script doneReason(String reason) {
        return endingWith(doneLine.withReason(reason));
    }

    /** Content that rides on the done line itself. */
    public Script lastWords(String content) {
        return endingWith(doneLine.withLastWords(content));
    }

    /** Waits as the first steps say, before anything is sent. */
    void waitFirst(ClientSocket client) throws IOException {
        for (var wait : steps.subList(0, firstWaits())) {
            ((Wait) wait).in(client);
        }
    }

    /** @return what is sent after the first waits instead of a stream, if anything */
    Optional<MockResponse> refusal() {
        return steps.stream().skip(firstWaits()).limit(1).filter(Refusal.class::isInstance).map(step -> ((Refusal) step).response())
                .findFirst();
    }

    /** Does what comes after the first waits. */
    void play(ChatResponse response) throws IOException {
        for (var step : steps.subList(firstWaits(), steps.size())) {
            step.play(response);
            if (response.ended()) {
                return;
            }
        }
        response.done(doneLine);
    }

    private int firstWaits() {
        return (int) steps.stream().takeWhile(Wait.class::isInstance).count();
    }

    private Script endingWith(DoneLine other) {
        return new Script(steps, other);
    }

    private static Script step(Step step) {
        return new Script(List.of(step), DoneLine.NORMAL);
    }

    @FunctionalInterface
    interface Step {
        void play(ChatResponse response) throws IOException;
    }

    @FunctionalInterface
    private interface Wait extends Step {
        void in(ClientSocket client) throws IOException;

        @Override
        default void play(ChatResponse response) throws IOException {
            in(response.client());
        }
    }

    private record Refusal(MockResponse response) implements Step {

        @Override
        public void play(ChatResponse begun) {
            throw new IllegalStateException(response.getStatus() + " after the stream began");
        }
    }
}

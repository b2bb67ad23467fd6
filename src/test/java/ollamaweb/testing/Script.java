package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model does when asked, as steps that can be joined: {@code say("Hel").then(hold(gate), say("lo"))}.
 * Headers leave with the first object, so a hold or silence before it holds them back too. A script that does not
 * end itself ends with the normal {@code done:true} line. Immutable.
 */
public final class Script {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final List<Step> steps;
    private final Ending ending;

    private Script(List<Step> steps, Ending ending) {
        this.steps = steps;
        this.ending = ending;
    }

    /** Each chunk becomes one line of content. */
    public static Script say(String... chunks) {
        return step(reply -> {
            for (var chunk : chunks) {
                reply.content(chunk);
            }
        });
    }

    public static Script thinking(String... chunks) {
        return step(reply -> {
            for (var chunk : chunks) {
                reply.thinking(chunk);
            }
        });
    }

    /** The contents " t0", " t1" … at a steady rate; 0 per second means as fast as the client takes them. */
    public static Script tokens(int count, double perSecond) {
        return step(new TokenRun(count, perSecond));
    }

    public static Script hold(Gate gate) {
        return step(reply -> reply.connection().waitFor(gate));
    }

    public static Script pause(Duration duration) {
        return step(reply -> reply.connection().idle(duration));
    }

    /** Sends nothing more until the client leaves. */
    public static Script silence() {
        return pause(FOREVER);
    }

    /** Sends the headers now instead of together with the first object. */
    public static Script earlyHeaders() {
        return step(Reply::headers);
    }

    /** A valid line with that many bytes of content. */
    public static Script hugeLine(int bytes) {
        return step(reply -> reply.content("x".repeat(bytes)));
    }

    /** A line of these bytes (one per character, Latin-1), whatever they are. */
    public static Script garbage(String bytes) {
        return step(reply -> reply.raw((bytes + "\n").getBytes(ISO_8859_1)));
    }

    /** Exactly this text as one chunk, without a line end of its own. */
    public static Script raw(String text) {
        return step(reply -> reply.raw(text.getBytes(UTF_8)));
    }

    /** Ends with {@code {"error":…}} inside a stream that began well (with stream:false: a 500). */
    public static Script errorLine(String text) {
        return step(reply -> reply.error(text));
    }

    /** Ends with half a line and a connection reset. */
    public static Script cutMidLine() {
        return step(Reply::cutMidLine);
    }

    /** Ends cleanly, but without {@code done:true}. */
    public static Script hangUp() {
        return step(Reply::hangUp);
    }

    /** Ends by closing the connection between two lines, the chunked body unterminated. */
    public static Script dropConnection() {
        return step(Reply::drop);
    }

    /** Answers with a status and {@code {"error":…}}; like the two below only before the first object. */
    public static Script refuse(int status, String error) {
        return refuseRaw(status, Connection.JSON, Lines.error(error));
    }

    public static Script refuseRaw(int status, String contentType, String body) {
        return step(reply -> reply.respond(status, contentType, body));
    }

    public static Script redirect(String location) {
        return step(reply -> reply.respond(307, Connection.TEXT, "", "Location: " + location));
    }

    /** This script and then the others; the ending stays this one's. */
    public Script then(Script... others) {
        var added = Arrays.stream(others).flatMap(other -> other.steps.stream());
        return new Script(Stream.concat(steps.stream(), added).toList(), ending);
    }

    public Script evalCount(int count) {
        return endingWith(ending.withEvalCount(count));
    }

    /** The done line says nothing about tokens. */
    public Script withoutCounts() {
        return endingWith(ending.withoutCounts());
    }

    public Script doneReason(String reason) {
        return endingWith(ending.withReason(reason));
    }

    /** Content that rides on the done line itself. */
    public Script lastWords(String content) {
        return endingWith(ending.withLastWords(content));
    }

    void play(Reply reply) throws IOException {
        for (var step : steps) {
            step.play(reply);
            if (reply.ended()) {
                return;
            }
        }
        reply.done(ending);
    }

    private Script endingWith(Ending other) {
        return new Script(steps, other);
    }

    private static Script step(Step step) {
        return new Script(List.of(step), Ending.NORMAL);
    }

    @FunctionalInterface
    interface Step {
        void play(Reply reply) throws IOException;
    }
}

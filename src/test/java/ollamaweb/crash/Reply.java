package ollamaweb.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** An answer whose text was heard piece by piece. */
final class Reply {

    /** A killed server loses at most its last second; a machine that is busy is allowed another one. */
    private static final Duration LOST_AT_MOST = Duration.ofSeconds(2);
    private final long conversationId;
    private final long answerId;
    private final String question;
    private final StringBuilder text = new StringBuilder();
    private final Deque<Heard> heard = new ArrayDeque<>();
    private boolean done;
    private long keptLength;
    private long killedAt;

    private record Heard(long at, int length) {}

    Reply(long conversationId, long answerId, String question) {
        this.conversationId = conversationId;
        this.answerId = answerId;
        this.question = question;
    }

    synchronized void hear(String piece) {
        text.append(piece);
        heard.add(new Heard(System.nanoTime(), text.length()));
    }

    /** All of it was heard, and its end. */
    synchronized void end() {
        done = true;
    }

    /** From now on nothing is heard of it any more. */
    synchronized void killed(long at) {
        if (killedAt == 0) {
            killedAt = at;
            while (!heard.isEmpty() && heard.peek().at() <= at - LOST_AT_MOST.toNanos()) {
                keptLength = heard.poll().length();
            }
            heard.clear();
        }
    }

    /**
     * Compares it with what the server has.
     *
     * @return what the answer has to be from now on; empty while the server does not know yet that its predecessor is gone
     */
    synchronized Optional<Thing> check(Api api) throws IOException {
        var messages = api.get("/api/conversations/" + conversationId).ok().json().path("messages");
        if (!messages.path(0).path("content").asText().equals(question)) {
            throw new Broken("The question of conversation " + conversationId + " is lost");
        }
        var answer = answer(messages);
        var status = answer.path("status").asText();
        if (status.equals("streaming")) {
            return Optional.empty();
        }
        compare(answer.path("content").asText(), status);
        return Optional.of(new Thing("Answer " + answerId, this::state, state(answer)));
    }

    private String state(Api api) throws IOException {
        return state(answer(api.get("/api/conversations/" + conversationId).ok().json().path("messages")));
    }

    private static String state(JsonNode answer) {
        var content = answer.path("content").asText();
        return answer.path("status").asText() + "|" + content.length() + "|" + content.hashCode();
    }

    private void compare(String content, String status) {
        if (done && !(status.equals("complete") && content.contentEquals(text))) {
            throw new Broken("Answer " + answerId + " was complete, and is " + status + " with " + content.length() + " characters of "
                    + text.length());
        }
        boolean fits = content.length() < text.length() ? text.toString().startsWith(content) : content.startsWith(text.toString());
        if (!fits || content.length() < keptLength) {
            throw new Broken("Of answer " + answerId + " " + keptLength + " characters had to be kept of " + text.length() + ", and "
                    + content.length() + " are there, " + (fits ? "too few" : "others"));
        }
    }

    /** @return a conversation that can go on, once this is settled */
    long conversationId() {
        return conversationId;
    }

    private JsonNode answer(JsonNode messages) {
        for (var message : messages) {
            if (message.path("id").asLong() == answerId) {
                return message;
            }
        }
        throw new Broken("Answer " + answerId + " is lost");
    }
}

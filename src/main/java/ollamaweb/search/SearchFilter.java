package ollamaweb.search;

import java.time.Instant;

/**
 * Which messages are looked at; null looks at all.
 *
 * @param modelName who wrote it; of what no model wrote, the model of its conversation
 * @param tag       what its conversation is filed under
 * @param after     written at this moment or later
 * @param before    written earlier than this moment
 * @param moment    with {@code messageId}: only what comes after this message, newest first
 */
public record SearchFilter(String role, String modelName, String tag, Instant after, Instant before, Instant moment, Long messageId) {

    private static final Instant EVER = Instant.parse("9999-12-31T23:59:59.999Z");

    /** @return whether what it asks for is told by conversations, which are fewer than messages */
    boolean leadsToConversations() {
        return role != null || modelName != null || tag != null;
    }

    SearchFilter untagged() {
        return new SearchFilter(role, modelName, null, after, before, moment, messageId);
    }

    /** @return the same, for what comes after a message */
    public SearchFilter from(Instant momentOfLast, long idOfLast) {
        return new SearchFilter(role, modelName, tag, after, before, momentOfLast, idOfLast);
    }

    /** @return a moment than which nothing that is looked at is newer */
    public Instant until() {
        var end = moment == null ? EVER : moment;
        return before != null && before.isBefore(end) ? before : end;
    }

    /** @return whether it may have been written then, and comes after what it has to come after */
    public boolean isWithin(Instant written, long id) {
        return (after == null || !written.isBefore(after)) && (before == null || written.isBefore(before))
                && (moment == null || written.isBefore(moment) || written.equals(moment) && id < messageId);
    }
}

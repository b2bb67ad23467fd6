package ollamaweb.insights;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of insights: what the model is told to write, and what there is to say when it would have nothing to read. */
enum InsightKind {
    DAILY_SUMMARY(
            "Sum up the person's day: what is overdue or due, what was done, what was talked about, how the goals stand, "
                    + "and which one or two things deserve attention first.",
            "Nothing is due, no goal is active, and there were no conversations on this day."),
    GOAL_REVIEW(
            "Review the person's goal: how far it has come, what holds it up, and the next two or three steps.",
            null),
    CONVERSATION_DIGEST(
            "Sum up what the person and the model talked about: the topics, what was found out or decided, "
                    + "and what was left open.",
            "There are no messages to sum up.");

    /** What comes by itself is about all that a day or a week had. */
    static final String SCHEDULED = "Sum up the person's last %s: what was talked about, found out and decided, what was done, "
            + "what is due or overdue, how the goals stand, and what was left open.";

    private final String task;
    private final String nothingToSay;

    InsightKind(String task, String nothingToSay) {
        this.task = task;
        this.nothingToSay = nothingToSay;
    }

    /** @return the kind that clients call so */
    static InsightKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** @return all kinds, as clients call them */
    static String[] names() {
        return Arrays.stream(values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    String task() {
        return task;
    }

    /** @return the text to be kept where there is nothing to read; null where that cannot be */
    String nothingToSay() {
        return nothingToSay;
    }
}

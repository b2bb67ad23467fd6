package ollamaweb.imports.sources;

import java.util.Locale;

/** Something of a conversation that cannot be brought along. */
public enum Loss {

    FILE("1 image or file is not in the export.", "%d images or files are not in the export."),
    RECORDING("1 recording was left out.", "%d recordings were left out."),
    FAILED_ANSWER("1 answer had failed and has no text.", "%d answers had failed and have no text."),
    PART("1 part of a message is of a kind that is not known.", "%d parts of messages are of kinds that are not known."),
    ORPHAN("1 message follows one that is not in the file, and stands at a beginning.",
            "Of %d messages each follows one that is not in the file, and stands at a beginning."),
    MESSAGE("1 entry is no message.", "%d entries are no messages.");

    private final String one;
    private final String many;

    Loss(String one, String many) {
        this.one = one;
        this.many = many;
    }

    String sentence(int count) {
        return count == 1 ? one : String.format(Locale.ROOT, many, count);
    }
}

package ollamaweb.export.account;

import java.time.Instant;

/**
 * What an export of an account says of itself, in {@code manifest.json}.
 *
 * @param format        {@code ollama-web}
 * @param formatVersion goes up when programs that read an older one could not read it any more
 * @param serverVersion of the server that wrote it
 * @param origin        tells exports of the same account from those of others; nothing can be told from it
 * @param counts        how many there are of each kind
 */
record Manifest(String format, int formatVersion, String serverVersion, Instant exportedAt, String origin, Counts counts) {

    static final String FORMAT = "ollama-web";
    static final int VERSION = 1;

    /** @param messages of all conversations, on whatever path */
    record Counts(long conversations, long messages, long files, long prompts, long goals, long tasks, long insights, long settings) {}
}

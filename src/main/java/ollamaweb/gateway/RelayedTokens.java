package ollamaweb.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Finds in the last bytes of an answer that is passed on how many tokens it had, as Ollama and OpenAI's servers say at its end. A
 * stream that does not say has at least a token in each event.
 */
final class RelayedTokens {

    private static final int KEPT = 4096;
    private static final int LONGEST = 12;
    /** In a text of the model these quotes would have a backslash. */
    private static final Pattern ASKED = Pattern.compile("\"(?:prompt_eval_count|prompt_tokens)\"\\s*:\\s*(\\d{1," + LONGEST + "})");
    private static final Pattern ANSWERED = Pattern.compile("\"(?:eval_count|completion_tokens)\"\\s*:\\s*(\\d{1," + LONGEST + "})");

    private final byte[] tail = new byte[2 * KEPT];
    private int size;
    private long events;
    private byte last;

    /** To be given each piece, in order. */
    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' && last != '\n') {
                events++;
            }
            last = bytes[i];
        }
        if (length >= KEPT) {
            System.arraycopy(bytes, length - KEPT, tail, 0, KEPT);
            size = KEPT;
            return;
        }
        if (size + length > tail.length) {
            int keep = KEPT;
            System.arraycopy(tail, size - keep, tail, 0, keep);
            size = keep;
        }
        System.arraycopy(bytes, 0, tail, size, length);
        size += length;
    }

    /** @return how many tokens question and answer had, as far as that is known */
    long total() {
        var text = new String(Arrays.copyOf(tail, size), StandardCharsets.ISO_8859_1);
        long said = number(ASKED, text) + number(ANSWERED, text);
        return said > 0 ? said : events;
    }

    private static long number(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        long number = 0;
        while (matcher.find()) {
            number = Long.parseLong(matcher.group(1));
        }
        return number;
    }
}

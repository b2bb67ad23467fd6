package ollamaweb.export.account;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.StoredFile;

/** What files in an export are called: readable, each name once, and such as every system can unpack. */
final class FileNames {

    static final String CONVERSATIONS = "conversations/";
    static final String FILES = "files/";

    private static final int MAX_TITLE_BYTES = 120;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    /** What Windows refuses, what ends a line, what is not seen, and what turns the direction of what follows. */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\\\/:*?\"<>|\\p{C}\\p{Z}]+");
    private static final Pattern AROUND = Pattern.compile("^[ .]+|[ .]+$");
    private static final String UNTITLED = "Untitled";

    private FileNames() {}

    /**
     * The day first, so that a name sorts by it and is never one that Windows keeps for devices; the id last, so that no two are
     * the same where the case of letters does not count.
     *
     * @return for example {@code conversations/2025-11-04 Sourdough (12)}
     */
    static String of(Conversation conversation) {
        return CONVERSATIONS + DAY.format(conversation.createdAt()) + " " + readable(conversation.title()) + " (" + conversation.id() + ")";
    }

    /** @return for example {@code files/e3b0c4….png} */
    static String of(StoredFile file) {
        return FILES + file.sha256() + extension(file.mediaType());
    }

    private static String readable(String title) {
        var line = NOT_IN_NAMES.matcher(Normalizer.normalize(title, Normalizer.Form.NFC)).replaceAll(" ");
        var name = AROUND.matcher(cut(AROUND.matcher(line).replaceAll(""))).replaceAll("");
        return name.isEmpty() ? UNTITLED : name;
    }

    private static String cut(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_TITLE_BYTES) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    private static String extension(String mediaType) {
        return switch (mediaType) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "image/webp" -> ".webp";
            case "image/gif" -> ".gif";
            default -> ".txt";
        };
    }
}

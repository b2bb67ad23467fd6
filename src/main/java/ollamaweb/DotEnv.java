package ollamaweb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as python-dotenv does: {@code NAME=value}, {@code export NAME=value}, values in single or
 * double quotes, which may hold line ends and escapes, comments after {@code #}. {@code ${NAME}} stands for a variable
 * that was read before or is in the environment, {@code ${NAME:-otherwise}} for that or a default.
 */
final class DotEnv {

    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern BLANK = Pattern.compile("\\s*(?:#[^\\r\\n]*(?:\\R|\\z)\\s*)*");
    private static final Pattern NAME = Pattern.compile("(?:export[^\\S\\r\\n]+)?(?:'(?<quoted>[^']+)'|(?<plain>[^=#\\s]+))[^\\S\\r\\n]*");
    private static final Pattern EQUALS = Pattern.compile("=[^\\S\\r\\n]*");
    private static final Pattern SINGLE = Pattern.compile("'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'", Pattern.DOTALL);
    private static final Pattern DOUBLE = Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("([^\\r\\n]*)");
    private static final Pattern END = Pattern.compile("(?:[^\\S\\r\\n]*#[^\\r\\n]*)?[^\\S\\r\\n]*(?:\\R|\\z)");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
    private static final Pattern SINGLE_ESCAPE = Pattern.compile("\\\\([\\\\'])");
    private static final Pattern DOUBLE_ESCAPE = Pattern.compile("\\\\([\\\\'\"abfnrtv])");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]*)(?::-([^}]*))?}");

    private final String content;
    private final Matcher text;
    private final Map<String, String> environment;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int position;

    /** A file that cannot be read as settings; the message tells the line, and nothing of what is in it. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String problem) {
            super(problem);
        }
    }

    private DotEnv(String content, Map<String, String> environment) {
        this.content = content;
        this.text = BLANK.matcher(content);
        this.environment = environment;
    }

    /**
     * @param environment what {@code ${NAME}} may also stand for
     * @return names and values in the order of the file; a name without {@code =} is left out
     * @throws Unreadable  if a line is neither NAME=value nor a comment
     * @throws IOException if the file cannot be read
     */
    static Map<String, String> read(Path file, Map<String, String> environment) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new Unreadable("it is longer than " + MAX_BYTES + " bytes");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return new DotEnv(text.startsWith("\uFEFF") ? text.substring(1) : text, environment).read();
        } catch (CharacterCodingException e) {
            throw new Unreadable("it is not in UTF-8");
        }
    }

    private Map<String, String> read() {
        for (accept(BLANK); position < content.length(); accept(BLANK)) {
            int start = position;
            if (!acceptBinding()) {
                throw new Unreadable("line " + lineOf(start) + " is neither NAME=value nor a comment after #");
            }
        }
        return values;
    }

    private boolean acceptBinding() {
        if (!accept(NAME)) {
            return false;
        }
        var name = text.group("quoted") == null ? text.group("plain") : text.group("quoted");
        if (!accept(EQUALS)) {
            return accept(END);
        }
        var value = value();
        if (value == null || !accept(END)) {
            return false;
        }
        values.put(name, resolved(value));
        return true;
    }

    /** @return null for quotes that do not end */
    private String value() {
        if (accept(SINGLE)) {
            return SINGLE_ESCAPE.matcher(text.group(1)).replaceAll("$1");
        }
        if (accept(DOUBLE)) {
            return DOUBLE_ESCAPE.matcher(text.group(1)).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape.group(1))));
        }
        accept(PLAIN);
        if (text.group(1).startsWith("'") || text.group(1).startsWith("\"")) {
            return null;
        }
        return COMMENT.matcher(text.group(1)).replaceFirst("").stripTrailing();
    }

    private static String meaning(String escape) {
        return switch (escape) {
            case "a" -> "\u0007";
            case "b" -> "\b";
            case "f" -> "\f";
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "v" -> "\u000B";
            default -> escape;
        };
    }

    private String resolved(String value) {
        return REFERENCE.matcher(value).replaceAll(reference -> {
            var known = values.getOrDefault(reference.group(1), environment.get(reference.group(1)));
            var fallback = reference.group(2) == null ? "" : reference.group(2);
            return Matcher.quoteReplacement(known == null ? fallback : known);
        });
    }

    /** Goes on behind what the pattern matches here, if it does; its groups can be read until the next call. */
    private boolean accept(Pattern pattern) {
        text.usePattern(pattern).region(position, content.length());
        if (!text.lookingAt()) {
            return false;
        }
        position = text.end();
        return true;
    }

    private long lineOf(int at) {
        return content.substring(0, at).lines().count() + (at == 0 || content.charAt(at - 1) == '\n' ? 1 : 0);
    }
}

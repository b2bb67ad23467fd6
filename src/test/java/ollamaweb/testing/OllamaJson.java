package ollamaweb.testing;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import mockwebserver3.MockResponse;

/** The JSON objects of Ollama, spelled as its Go encoder does: compact, fixed field order, {@code <>&} escaped. */
final class OllamaJson {
    private static final DateTimeFormatter SHORTEST_FRACTION = new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

    private OllamaJson() {}

    /** One token of a stream of {@code /api/chat}. */
    static String content(String model, String text) {
        return chat(model, text, "", "", "\"done\":false");
    }

    /** @param calls {@code ,"tool_calls":[…]}, or nothing */
    static String chat(String model, String content, String thinking, String calls, String tail) {
        return head(model) + ",\"message\":{\"role\":\"assistant\",\"content\":" + quote(content)
                + (thinking.isEmpty() ? "" : ",\"thinking\":" + quote(thinking)) + calls + "}," + tail + "}";
    }

    /** What every object of an answer begins with. */
    static String head(String model) {
        return "{\"model\":" + quote(model) + ",\"created_at\":\"" + SHORTEST_FRACTION.format(Instant.now()) + "\"";
    }

    static String error(String text) {
        return "{\"error\":" + quote(text) + "}";
    }

    /** @return a whole response with such an object */
    static MockResponse response(int status, String object) {
        return new MockResponse.Builder().code(status).setHeader("Content-Type", "application/json; charset=utf-8").body(object).build();
    }

    static String quote(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), json);
        }
        return json.append('"').toString();
    }

    private static void append(char letter, StringBuilder json) {
        switch (letter) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '&', '\u2028', '\u2029' -> json.append(String.format("\\u%04x", (int) letter));
            default -> json.append(letter < ' ' ? String.format("\\u%04x", (int) letter) : letter);
        }
    }
}

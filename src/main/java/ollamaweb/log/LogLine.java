package ollamaweb.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import ollamaweb.json.Json;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * What is to be logged.
 *
 * @param logger    its name, as it is shown
 * @param pattern   the message, with {@code {}} where an argument goes
 * @param arguments of the message; may be null
 * @param values    what programs want to read by name; in a text, those that are no arguments are added; without a value: left out
 * @param error     whose trace is added, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LogLine(OffsetDateTime time, Level level, String logger, String pattern, Object[] arguments, List<KeyValuePair> values,
        Throwable error) {

    private static final DateTimeFormatter TEXT_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssXXX");
    private static final DateTimeFormatter JSON_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    String in(LogFormat format) {
        return format == LogFormat.JSON ? json() : text();
    }

    private String text() {
        var line = new StringBuilder(TEXT_TIME.format(time)).append(" - ").append(logger).append(" - ").append(shown(level))
                .append(" - ").append(message());
        for (var each : values) {
            if (each.value != null && !isArgument(each.value)) {
                line.append(' ').append(each.key).append('=').append(each.value);
            }
        }
        if (error != null) {
            line.append(System.lineSeparator()).append(trace());
        }
        return line.toString();
    }

    private String json() {
        var line = Json.MAPPER.createObjectNode();
        line.put("time", JSON_TIME.format(time)).put("level", shown(level)).put("logger", logger).put("message", message());
        values.forEach(each -> add(line, each));
        if (error != null) {
            line.put("error", trace());
        }
        return line.toString();
    }

    private static void add(ObjectNode line, KeyValuePair named) {
        if (named.value instanceof Number || named.value instanceof Boolean) {
            line.set(named.key, Json.MAPPER.valueToTree(named.value));
        } else if (named.value != null) {
            line.put(named.key, named.value.toString());
        }
    }

    private boolean isArgument(Object value) {
        return arguments != null && Arrays.asList(arguments).contains(value);
    }

    private String message() {
        return MessageFormatter.basicArrayFormat(pattern, arguments);
    }

    /** @return the level by the name that the setting has for it */
    private static String shown(Level level) {
        return level == Level.WARN ? "WARNING" : level.toString();
    }

    private String trace() {
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }
}

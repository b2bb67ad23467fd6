package ollamaweb.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads a text of an import, which may come from anywhere: what other bodies are refused for is dropped here, control
 * characters too. Tabs and line ends stay as they are.
 */
final class LenientText extends StdScalarDeserializer<String> {

    private static final Pattern DROPPED = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\t\\n\\r]]+");

    LenientText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return in.hasToken(JsonToken.VALUE_STRING)
                ? DROPPED.matcher(in.getText()).replaceAll("")
                : (String) context.handleUnexpectedToken(String.class, in);
    }
}

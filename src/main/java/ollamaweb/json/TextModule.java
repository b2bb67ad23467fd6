package ollamaweb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Refuses, in any text, what no database keeps faithfully: U+0000 and unpaired surrogates. */
final class TextModule extends SimpleModule {

    static final String UNKEEPABLE = "must not contain U+0000 or unpaired surrogates";

    TextModule() {
        addDeserializer(String.class, new TextReader());
    }

    private static final class TextReader extends StdScalarDeserializer<String> {
        TextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, in);
            }
            var text = in.getText();
            return Texts.isKeepable(text)
                    ? text
                    : (String) context.handleWeirdStringValue(String.class, "", UNKEEPABLE);
        }
    }
}

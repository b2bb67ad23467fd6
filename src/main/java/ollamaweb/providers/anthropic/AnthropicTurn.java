package ollamaweb.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import ollamaweb.providers.Attachment;
import ollamaweb.providers.ChatRequest.Turn;
import ollamaweb.providers.ImageText;
import ollamaweb.providers.TurnText;

/** One message as Anthropic's API wants it: images first, then the text. */
@JsonSerialize(using = AnthropicTurn.Writer.class)
record AnthropicTurn(Turn turn) {

    /** Writes files as they are read. */
    static final class Writer extends JsonSerializer<AnthropicTurn> {

        @Override
        public void serialize(AnthropicTurn value, JsonGenerator json, SerializerProvider serializers) throws IOException {
            var turn = value.turn();
            json.writeStartObject();
            json.writeStringField("role", turn.role());
            json.writeArrayFieldStart("content");
            for (var file : turn.files()) {
                if (file.isImage()) {
                    writeImage(file, json);
                }
            }
            if (hasText(turn)) { // empty ones are refused
                json.writeStartObject();
                json.writeStringField("type", "text");
                json.writeFieldName("text");
                TurnText.write(turn, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private static void writeImage(Attachment image, JsonGenerator json) throws IOException {
            try (var text = ImageText.of(image)) {
                json.writeStartObject();
                json.writeStringField("type", "image");
                json.writeObjectFieldStart("source");
                json.writeStringField("type", "base64");
                json.writeStringField("media_type", text.mediaType());
                json.writeFieldName("data");
                json.writeString(text, -1);
                json.writeEndObject();
                json.writeEndObject();
            }
        }
    }

    /** @return whether there is anything to send */
    boolean isEmpty() {
        return turn.files().isEmpty() && !hasText(turn);
    }

    private static boolean hasText(Turn turn) {
        return !turn.content().isBlank() || !turn.files().stream().allMatch(Attachment::isImage);
    }
}

package ollamaweb.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import ollamaweb.providers.Attachment;
import ollamaweb.providers.ChatRequest.Turn;
import ollamaweb.providers.ImageText;
import ollamaweb.providers.TurnText;

/** One message as OpenAI's API wants it: a text, or a list of parts where images come with it. */
@JsonSerialize(using = OpenAiTurn.Writer.class)
record OpenAiTurn(Turn turn) {

    /** Writes files as they are read. */
    static final class Writer extends JsonSerializer<OpenAiTurn> {

        @Override
        public void serialize(OpenAiTurn value, JsonGenerator json, SerializerProvider serializers) throws IOException {
            var turn = value.turn();
            json.writeStartObject();
            json.writeStringField("role", turn.role());
            json.writeFieldName("content");
            if (turn.files().stream().noneMatch(Attachment::isImage)) {
                TurnText.write(turn, json);
            } else {
                writeParts(turn, json);
            }
            json.writeEndObject();
        }

        private static void writeParts(Turn turn, JsonGenerator json) throws IOException {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeFieldName("text");
            TurnText.write(turn, json);
            json.writeEndObject();
            for (var file : turn.files()) {
                if (file.isImage()) {
                    writeImage(file, json);
                }
            }
            json.writeEndArray();
        }

        private static void writeImage(Attachment image, JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeFieldName("url");
            try (var text = ImageText.of(image)) {
                json.writeString(text.asUrl(), -1);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}

package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.io.InputStream;
import ollamaweb.providers.Attachment;
import ollamaweb.providers.ChatRequest.Turn;
import ollamaweb.providers.TurnText;

/** One message as Ollama wants it: images in base64 beside the text, text files before it, each below its name. */
@JsonSerialize(using = OllamaTurn.Writer.class)
record OllamaTurn(Turn turn) {

    /** Writes files as they are read. */
    static final class Writer extends JsonSerializer<OllamaTurn> {

        @Override
        public void serialize(OllamaTurn value, JsonGenerator json, SerializerProvider serializers) throws IOException {
            var turn = value.turn();
            json.writeStartObject();
            json.writeStringField("role", turn.role());
            json.writeFieldName("content");
            TurnText.write(turn, json);
            if (turn.files().stream().anyMatch(Attachment::isImage)) {
                json.writeArrayFieldStart("images");
                for (var file : turn.files()) {
                    if (file.isImage()) {
                        writeImage(file, json);
                    }
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }

        private static void writeImage(Attachment image, JsonGenerator json) throws IOException {
            try (InputStream bytes = image.source().open()) {
                json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, -1);
            }
        }
    }
}

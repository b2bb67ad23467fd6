package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import ollamaweb.providers.Attachment;
import ollamaweb.providers.ChatRequest.Turn;

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
            if (turn.files().stream().allMatch(Attachment::isImage)) {
                json.writeString(turn.content());
            } else {
                try (var text = new TextReader(turn)) {
                    json.writeString(text, -1);
                }
            }
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

    /** The texts of a message one after the other, its own last. */
    private static final class TextReader extends Reader {

        private final Turn turn;
        private int next;
        private Reader part = Reader.nullReader();

        TextReader(Turn turn) {
            this.turn = turn;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            for (;;) {
                int read = part.read(buffer, offset, length);
                if (read >= 0 || next > 3 * turn.files().size()) {
                    return read;
                }
                part.close();
                part = part(next++);
            }
        }

        /** Three parts for each file: its name, its text, and what ends it; then the message's own text. */
        private Reader part(int number) throws IOException {
            if (number == 3 * turn.files().size()) {
                return new StringReader(turn.content());
            }
            var file = turn.files().get(number / 3);
            if (file.isImage()) {
                return Reader.nullReader();
            }
            return switch (number % 3) {
                case 0 -> new StringReader("File: " + file.name() + "\n\n");
                case 1 -> new InputStreamReader(file.source().open(), StandardCharsets.UTF_8);
                default -> new StringReader("\n\n---\n\n");
            };
        }

        @Override
        public void close() throws IOException {
            part.close();
        }
    }
}

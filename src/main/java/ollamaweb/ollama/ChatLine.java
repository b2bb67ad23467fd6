package ollamaweb.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import ollamaweb.json.Texts;

/** What one line of an answer says; read anew for each line, in whatever order its fields come. */
final class ChatLine {

    private String content;
    private String error;
    private boolean done;
    private Integer evalCount;

    /** @param parser standing on the line's opening brace; left on its closing one */
    void read(JsonParser parser) throws IOException {
        content = "";
        error = null;
        done = false;
        evalCount = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            switch (field) {
                case "message" -> readMessage(parser, value);
                case "done" -> done = value == JsonToken.VALUE_TRUE;
                case "eval_count" -> evalCount = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : null;
                case "error" -> readError(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void readMessage(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isContent = parser.currentName().equals("content");
            if (parser.nextToken() == JsonToken.VALUE_STRING && isContent) {
                content = Texts.keepable(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readError(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            error = parser.getText();
        } else if (value != JsonToken.VALUE_NULL) {
            parser.skipChildren();
            error = "unknown error";
        }
    }

    String content() {
        return content;
    }

    String error() {
        return error;
    }

    boolean done() {
        return done;
    }

    Integer evalCount() {
        return evalCount;
    }
}

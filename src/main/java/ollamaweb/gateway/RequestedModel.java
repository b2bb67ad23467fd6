package ollamaweb.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The model that a request's body asks for, and where in the body its name stands. */
final class RequestedModel {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] body;
    private final String name;
    private final int from;
    private final int to;

    /** @param from where the name stands, with its quotation marks */
    private RequestedModel(byte[] body, String name, int from, int to) {
        this.body = body;
        this.name = name;
        this.from = from;
        this.to = to;
    }

    /** @return one without a name if the body names none, or is no JSON object */
    static RequestedModel in(byte[] body) {
        var found = new RequestedModel(body, null, 0, 0);
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return found;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var field = parser.currentName();
                boolean isModel = field.equals("model");
                if (parser.nextToken() == JsonToken.VALUE_STRING && (isModel || field.equals("name"))) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    var name = parser.getText();
                    found = new RequestedModel(body, name, from, (int) parser.currentLocation().getByteOffset());
                    if (isModel) { // the other is an older name of the same field
                        return found;
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return found;
        } catch (IOException notJson) {
            return new RequestedModel(body, null, 0, 0);
        }
    }

    /** @return null if there is none */
    String name() {
        return name;
    }

    /** @return the body with another name in its place, and all else as it came */
    byte[] renamed(String other) {
        if (name == null || other == null || other.equals(name)) {
            return body;
        }
        var changed = new ByteArrayOutputStream(body.length + other.length());
        changed.write(body, 0, from);
        changed.write('"');
        changed.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(other));
        changed.write('"');
        changed.write(body, to, body.length - to);
        return changed.toByteArray();
    }
}

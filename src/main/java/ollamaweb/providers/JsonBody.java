package ollamaweb.providers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import ollamaweb.json.Json;

/** A request's body of JSON. */
public final class JsonBody extends RequestBody {

    private static final MediaType TYPE = MediaType.get("application/json");

    private final Object value;

    private JsonBody(Object value) {
        this.value = value;
    }

    /** @return the value as JSON, of a length that is told */
    public static RequestBody of(Object value) {
        return RequestBody.create(Json.write(value), TYPE);
    }

    /** @return as {@link #of(Object)}; written into the connection as it is made where files come with it, which are not in memory */
    public static RequestBody of(ChatRequest chat, Object value) {
        return chat.messages().stream().allMatch(turn -> turn.files().isEmpty()) ? of(value) : new JsonBody(value);
    }

    @Override
    public MediaType contentType() {
        return TYPE;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (var json = Json.MAPPER.createGenerator(sink.outputStream(), JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            Json.MAPPER.writeValue(json, value);
        }
    }
}

package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import ollamaweb.json.Json;

/** A body of JSON that is written into the connection as it is made, for what is too large to be in memory. */
final class StreamedJsonBody extends RequestBody {

    private final MediaType type;
    private final Object value;

    StreamedJsonBody(MediaType type, Object value) {
        this.type = type;
        this.value = value;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (var json = Json.MAPPER.createGenerator(sink.outputStream(), JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            Json.MAPPER.writeValue(json, value);
        }
    }
}

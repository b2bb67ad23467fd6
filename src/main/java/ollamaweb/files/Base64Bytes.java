package ollamaweb.files;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.List;
import ollamaweb.http.ApiException;
import ollamaweb.http.ApiException.FieldError;

/** A file that comes within JSON, in base64. */
@JsonDeserialize(using = Base64Bytes.Reader.class)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Base64Bytes(byte[] bytes) {

    /** Reads the bytes without the text that they are written as in memory. */
    static final class Reader extends JsonDeserializer<Base64Bytes> {

        @Override
        public Base64Bytes deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw notBase64();
            }
            try {
                return new Base64Bytes(json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
            } catch (StreamReadException | IllegalArgumentException e) {
                throw notBase64();
            }
        }

        private static ApiException notBase64() {
            return ApiException.invalid(List.of(new FieldError(List.of("body"), "must be base64", "value_error")));
        }
    }
}

package ollamaweb.chat;

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

/** An image that comes within a question, in base64. */
@JsonDeserialize(using = Base64Image.Reader.class)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Base64Image(byte[] bytes) {

    /** Reads the bytes without the text that they are written as in memory. */
    static final class Reader extends JsonDeserializer<Base64Image> {

        @Override
        public Base64Image deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw notBase64();
            }
            try {
                return new Base64Image(json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
            } catch (StreamReadException | IllegalArgumentException e) {
                throw notBase64();
            }
        }

        private static ApiException notBase64() {
            return ApiException.invalid(List.of(new FieldError(List.of("body"), "must be base64", "value_error")));
        }
    }
}

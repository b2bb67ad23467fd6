package ollamaweb.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import ollamaweb.http.ApiException;
import ollamaweb.http.Input;

/**
 * That a request is to be kept, as its body, its headers or its key say, in this order.
 *
 * @param body           the request
 * @param bytes          how long it is
 * @param conversationId the conversation that it is added to; null: a new one
 */
record StoreWish(JsonNode body, int bytes, Long conversationId) {

    /** Its images are in memory more than once. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final byte[] STORE = "\"store\"".getBytes(US_ASCII);
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build()).build()).build();

    /**
     * @param isOpenAi  whether the body may say so itself
     * @param byDefault what the key says, where the request says nothing
     * @return empty if nothing is to be kept, or the body is none that could be: whoever it is passed on to then says why
     * @throws ApiException 413, or 422 for a header that makes no sense
     */
    static Optional<StoreWish> of(Context ctx, boolean isOpenAi, BooleanSupplier byDefault) {
        var header = flag(ctx.header("X-Store"));
        boolean wanted = header == null ? byDefault.getAsBoolean() : header;
        if (!wanted && !isOpenAi) {
            return Optional.empty();
        }
        var bytes = Input.bytes(ctx);
        if (!wanted && !contains(bytes, STORE)) {
            return Optional.empty();
        }
        var body = parsed(bytes);
        if (body == null || !(isOpenAi && body.path("store").isBoolean() ? body.path("store").booleanValue() : wanted)) {
            return Optional.empty();
        }
        if (bytes.length > MAX_BYTES) {
            throw ApiException.tooLarge(MAX_BYTES);
        }
        var named = isOpenAi ? body.path("metadata").path("conversation_id").asText(null) : null;
        return Optional.of(named == null
                ? new StoreWish(body, bytes.length, id(ctx.header("X-Conversation-Id"), "X-Conversation-Id"))
                : new StoreWish(body, bytes.length, id(named, "metadata.conversation_id")));
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            var body = LENIENT.readTree(bytes);
            return body != null && body.isObject() ? body : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static Boolean flag(String header) {
        if (header == null) {
            return null;
        }
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ApiException.invalid("X-Store", "must be true or false", "type_error.bool");
        };
    }

    private static Long id(String text, String name) {
        if (text == null) {
            return null;
        }
        if (!ID.matcher(text.strip()).matches()) {
            throw ApiException.invalid(name, "must be the id of a conversation", "type_error.integer");
        }
        return Long.valueOf(text.strip());
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            int same = 0;
            while (same < part.length && bytes[i + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }
}

package ollamaweb.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Json;

/** Reads a JSON document into a record and says, in the contract's words, what is wrong with one that does not fit. */
final class JsonBody {

    private JsonBody() {}

    static <T> T read(RequestBody body, Class<T> type) {
        if (!body.isUtf8()) {
            throw ApiException.badRequest("The body must be UTF-8"); // Jackson would read overlong UTF-8 and guess at UTF-16
        }
        try (var text = body.text()) {
            T value = Json.MAPPER.readValue(text, type);
            if (value == null) {
                throw ApiException.badRequest("The body must be a JSON object");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw ApiException.badRequest("The JSON document is nested too deeply or has a value that is too long");
        } catch (StreamReadException e) {
            var at = e.getLocation();
            throw ApiException.badRequest("Malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (JsonMappingException e) {
            throw refusal(e);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("Malformed JSON");
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static ApiException refusal(JsonMappingException e) {
        if (e.getCause() instanceof InputCoercionException tooLarge) {
            return ApiException.invalid(List.of(wrongType(e.getPath(), tooLarge.getTargetType())));
        }
        if (e.getCause() instanceof JsonProcessingException cause && !(cause instanceof JsonMappingException)) {
            return ApiException.badRequest("Malformed JSON");
        }
        if (e.getCause() instanceof ApiException refusal) {
            return refusal.errors() == null ? refusal : within(e.getPath(), refusal.errors());
        }
        if (e.getCause() instanceof DateTimeException) {
            return ApiException.invalid(List.of(wrongType(e.getPath(), Instant.class)));
        }
        if (e.getPath().isEmpty()) {
            return ApiException.badRequest(e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                    ? "The body must be a JSON object"
                    : "Malformed JSON");
        }
        return ApiException.invalid(List.of(wrongType(e)));
    }

    /** A record inside the body refused itself: its fields are named from the top of the body. */
    private static ApiException within(List<JsonMappingException.Reference> path, List<FieldError> errors) {
        return ApiException.invalid(errors.stream().map(error -> {
            var loc = location(path);
            loc.addAll(error.loc().subList(1, error.loc().size()));
            return new FieldError(loc, error.msg(), error.type());
        }).toList());
    }

    private static FieldError wrongType(JsonMappingException e) {
        var target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (e instanceof InvalidFormatException && target == String.class) {
            return new FieldError(location(e.getPath()), "must not contain U+0000 or unpaired surrogates", "value_error.str");
        }
        return wrongType(e.getPath(), target);
    }

    private static FieldError wrongType(List<JsonMappingException.Reference> path, Class<?> target) {
        var loc = location(path);
        if (target == null) {
            return new FieldError(loc, "value is not valid", "value_error");
        }
        if (target == String.class) {
            return new FieldError(loc, "str type expected", "type_error.str");
        }
        if (target == Integer.class || target == Long.class || target == int.class || target == long.class) {
            return new FieldError(loc, "value is not a valid integer", "type_error.integer");
        }
        if (Number.class.isAssignableFrom(target) || target == double.class) {
            return new FieldError(loc, "value is not a valid float", "type_error.float");
        }
        if (target == Boolean.class || target == boolean.class) {
            return new FieldError(loc, "value could not be parsed to a boolean", "type_error.bool");
        }
        if (Temporal.class.isAssignableFrom(target)) {
            return new FieldError(loc, "invalid datetime format", "value_error.datetime");
        }
        if (Collection.class.isAssignableFrom(target)) {
            return new FieldError(loc, "value is not a valid list", "type_error.list");
        }
        return new FieldError(loc, "value is not a valid dict", "type_error.dict");
    }

    private static List<Object> location(List<JsonMappingException.Reference> path) {
        var loc = new ArrayList<Object>();
        loc.add("body");
        path.forEach(step -> loc.add(step.getFieldName() != null ? step.getFieldName() : (Object) step.getIndex()));
        return loc;
    }
}

package ollamaweb.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Texts;

/**
 * Collects what is wrong with a request, field by field, and refuses it as one 422. Records call it in their
 * constructors, so that a record that exists is valid. Lengths are in Unicode code points.
 */
public final class Check {

    private final String where;
    private final List<FieldError> errors = new ArrayList<>();

    private Check(String where) {
        this.where = where;
    }

    public static Check body() {
        return new Check("body");
    }

    public static Check query() {
        return new Check("query");
    }

    public static Check path() {
        return new Check("path");
    }

    /** Adds an error that only the caller can see. */
    public Check that(boolean holds, String field, String msg, String type) {
        if (!holds) {
            errors.add(new FieldError(List.of(where, field), msg, type));
        }
        return this;
    }

    /** The field must be there and not null. */
    public Check required(String field, Object value) {
        return that(value != null, field, "field required", "value_error.missing");
    }

    /** A field of a change (see {@link PatchField}) that may be missing, but not null. */
    public Check notNull(String field, Optional<?> given) {
        return that(given == null || given.isPresent(), field, "none is not an allowed value", "type_error.none.not_allowed");
    }

    /** A text that must be there, of {@code min} to {@code max} characters. */
    public Check requiredText(String field, String value, int min, int max) {
        return required(field, value).text(field, value, min, max);
    }

    /** A text that may be missing; when it is there it has {@code min} to {@code max} characters. */
    public Check text(String field, String value, int min, int max) {
        if (value == null) {
            return this;
        }
        int length = value.length() > 2 * max ? value.length() : Texts.length(value);
        return that(length >= min, field, "ensure this value has at least " + min + " characters", "value_error.any_str.min_length")
                .that(length <= max, field, "ensure this value has at most " + max + " characters", "value_error.any_str.max_length");
    }

    /** A name or the like that may be missing: a text of {@code min} to {@code max} characters, none of them a control character. */
    public Check line(String field, String value, int min, int max) {
        return text(field, value, min, max).that(value == null || value.codePoints().noneMatch(Character::isISOControl), field,
                "must not contain control characters", "value_error.str");
    }

    /** A number that may be missing; when it is there it lies between {@code min} and {@code max}, both included. */
    public Check range(String field, Number value, double min, double max) {
        if (value == null) {
            return this;
        }
        double number = value.doubleValue();
        return that(number >= min, field, "ensure this value is greater than or equal to " + plain(min), "value_error.number.not_ge")
                .that(number <= max, field, "ensure this value is less than or equal to " + plain(max), "value_error.number.not_le");
    }

    /** A word out of a few; it may be missing. */
    public Check oneOf(String field, String value, String... permitted) {
        return that(value == null || Arrays.asList(permitted).contains(value), field,
                "value is not a valid enumeration member; permitted: " + String.join(", ", permitted), "type_error.enum");
    }

    /** A collection that may be missing; when it is there it holds at most {@code max} items. */
    public Check size(String field, Collection<?> value, int max) {
        return that(value == null || value.size() <= max, field,
                "ensure this value has at most " + max + " items", "value_error.list.max_items");
    }

    /**
     * Reads a value with a function that throws {@link IllegalArgumentException} (its message says what is wrong).
     *
     * @return what it gave, or null after noting the error
     */
    public <V, R> R parsed(String field, V value, Function<V, R> parser) {
        if (value == null) {
            return null;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            that(false, field, e.getMessage(), "value_error");
            return null;
        }
    }

    /** @throws ApiException 422 with everything that was found, if anything was */
    public void orThrow() {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}

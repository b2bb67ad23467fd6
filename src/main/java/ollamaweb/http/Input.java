package ollamaweb.http;

import io.javalin.http.Context;
import java.io.InputStream;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.DateOrInstant;
import ollamaweb.json.Texts;

/** The one door for what clients send: bodies, ids and query values come in here, checked. */
public final class Input {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final int LONGEST_TIME = 50;
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private Input() {}

    /**
     * @return the JSON body as a checked record; it has arrived whole, see {@link RequestBodies}
     * @throws ApiException 400 or 422
     */
    public static <T> T body(Context ctx, Class<T> type) {
        return JsonBody.read(RequestBody.of(ctx), type);
    }

    /** As {@link #body(Context, Class)}, but an empty body counts as <code>{}</code>. */
    public static <T> T bodyOrEmpty(Context ctx, Class<T> type) {
        var body = RequestBody.of(ctx);
        return JsonBody.read(body.size() == 0 ? RequestBody.of(EMPTY_OBJECT) : body, type);
    }

    /** @return the body as it came, unpacked */
    public static byte[] bytes(Context ctx) {
        return RequestBody.of(ctx).bytes();
    }

    /**
     * The body of a route whose {@link BodyLimit} says that the handler reads it, as it comes and unpacked. Reading it
     * throws {@link ApiException} when it is too long (413), too slow (408) or broken off (400).
     */
    public static InputStream stream(Context ctx) {
        return ctx.attribute(RequestBodies.UPLOAD) instanceof InputStream upload ? upload : InputStream.nullInputStream();
    }

    /** @return the path's {@code {id}} */
    public static long id(Context ctx) {
        return id(ctx, "id");
    }

    /** @return a path parameter that is an id; one too large for any row is some id that does not exist */
    public static long id(Context ctx, String name) {
        var text = ctx.pathParam(name);
        if (!INTEGER.matcher(text).matches()) {
            throw notAnInteger("path", name);
        }
        return parseLong(text);
    }

    /** @return a header's value that is a whole number from 0 on */
    public static long place(String name, String value) {
        if (!INTEGER.matcher(value).matches() || value.startsWith("-")) {
            throw notAnInteger("header", name);
        }
        return parseLong(value);
    }

    public static int queryInt(Context ctx, String name, int fallback) {
        var text = ctx.queryParam(name);
        if (text == null) {
            return fallback;
        }
        if (!INTEGER.matcher(text).matches()) {
            throw notAnInteger("query", name);
        }
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, parseLong(text)));
    }

    /** @return the id in the query, or null when there is none */
    public static Long queryId(Context ctx, String name) {
        var text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        if (!INTEGER.matcher(text).matches()) {
            throw notAnInteger("query", name);
        }
        return parseLong(text);
    }

    public static boolean queryFlag(Context ctx, String name) {
        var flag = queryChoice(ctx, name);
        return flag != null && flag;
    }

    /** @return whether true or false is in the query, or null when there is neither */
    public static Boolean queryChoice(Context ctx, String name) {
        var text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid("query", name, "value could not be parsed to a boolean", "type_error.bool");
        };
    }

    /** @return the text in the query, or null when it is missing or empty */
    public static String queryText(Context ctx, String name, int max) {
        var text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        Check.query()
                .text(name, text, 1, max)
                .that(Texts.isKeepable(text), name, "must not contain U+0000 or unpaired surrogates", "value_error")
                .orThrow();
        return text;
    }

    /**
     * @return the date or timestamp in the query, or null when it is missing or empty
     * @throws ApiException 422 if it is neither
     */
    public static DateOrInstant queryTime(Context ctx, String name) {
        var text = queryText(ctx, name, LONGEST_TIME);
        try {
            return text == null ? null : DateOrInstant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("query", name, "invalid datetime format", "value_error.datetime");
        }
    }

    private static ApiException notAnInteger(String where, String name) {
        return invalid(where, name, "value is not a valid integer", "type_error.integer");
    }

    private static ApiException invalid(String where, String name, String msg, String type) {
        return ApiException.invalid(List.of(new FieldError(List.of(where, name), msg, type)));
    }

    private static long parseLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

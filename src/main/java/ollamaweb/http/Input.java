package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Texts;

/** The one door for what clients send: bodies, ids and query values come in here, checked. */
public final class Input {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private Input() {}

    /**
     * @return the JSON body as a checked record; at most 1 MiB, or what the route's {@link BodyLimit} says
     * @throws ApiException 400, 413, 415 or 422
     */
    public static <T> T body(Context ctx, Class<T> type) {
        requireJson(ctx);
        return JsonBody.read(bytes(ctx), type);
    }

    /** As {@link #body(Context, Class)}, but an empty body counts as <code>{}</code>. */
    public static <T> T bodyOrEmpty(Context ctx, Class<T> type) {
        var bytes = bytes(ctx);
        if (bytes.length == 0) {
            return JsonBody.read(EMPTY_OBJECT, type);
        }
        requireJson(ctx);
        return JsonBody.read(bytes, type);
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
        var text = ctx.queryParam(name);
        if (text == null) {
            return false;
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

    private static void requireJson(Context ctx) {
        var type = ctx.header(Header.CONTENT_TYPE);
        if (type == null) {
            return;
        }
        var media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw ApiException.unsupportedMediaType();
        }
    }

    private static byte[] bytes(Context ctx) {
        int limit = BodyLimit.of(ctx);
        try (var in = ctx.req().getInputStream()) {
            var body = new ByteArrayOutputStream(Math.max(256, ctx.req().getContentLength()));
            var chunk = new byte[8192];
            for (int read; (read = in.read(chunk)) >= 0; ) {
                body.write(chunk, 0, read);
                if (body.size() > limit) {
                    throw ApiException.tooLarge(limit);
                }
            }
            return body.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

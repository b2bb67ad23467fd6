package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import ollamaweb.http.ApiException.FieldError;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/** The file in a body of {@code multipart/form-data}, passed on as it comes. */
public final class MultipartFile {

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_PARTS = 10;

    private MultipartFile() {}

    /**
     * Reads the body of a route whose {@link BodyLimit} is an upload.
     *
     * @param field  the name of the part; others are left alone
     * @param target gets the bytes; what it throws ends the reading
     * @return the file's name as the client gave it, empty where it gave none
     * @throws ApiException 415 if it is another kind of body, 400 if it is malformed, 422 if it has no such part, or more than one
     */
    public static String read(Context ctx, String field, OutputStream target) {
        var part = new Part(field, target);
        var parser = new MultiPart.Parser(boundary(ctx), part);
        parser.setPartHeadersMaxLength(MAX_HEADER_BYTES);
        parser.setMaxParts(MAX_PARTS);
        var buffer = new byte[BUFFER_BYTES];
        try (var in = Input.stream(ctx)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, length), false));
                part.throwFailure();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parser.parse(Content.Chunk.EOF);
        part.throwFailure();
        if (part.fileName == null) {
            throw ApiException.invalid(List.of(new FieldError(List.of("body", field), "field required", "value_error.missing")));
        }
        return part.fileName;
    }

    private static String boundary(Context ctx) {
        var type = ctx.header(Header.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw ApiException.unsupportedMediaType("Content-Type must be multipart/form-data");
        }
        var boundary = MultiPart.extractBoundary(type);
        if (boundary == null || boundary.isEmpty()) {
            throw malformed();
        }
        return boundary;
    }

    /** The part of the name; the parser hides what its listener throws, so it is kept here. */
    private static final class Part extends MultiPart.AbstractPartsListener {

        private final String field;
        private final OutputStream target;
        private String fileName;
        private boolean ended;
        private RuntimeException failure;

        Part(String field, OutputStream target) {
            this.field = field;
            this.target = target;
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            if (!field.equals(getName()) || failure != null) {
                return;
            }
            if (ended) {
                failure = several();
                return;
            }
            try {
                fileName = getFileName() == null ? "" : getFileName();
                var bytes = chunk.getByteBuffer().slice();
                var copy = new byte[bytes.remaining()];
                bytes.get(copy);
                target.write(copy, 0, copy.length);
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        @Override
        public void onPart(String name, String part, HttpFields headers) {
            if (field.equals(name)) {
                failure = ended && failure == null ? several() : failure;
                fileName = fileName == null ? part == null ? "" : part : fileName;
                ended = true;
            }
        }

        @Override
        public void onFailure(Throwable e) {
            if (failure == null) {
                failure = malformed();
            }
        }

        private ApiException several() {
            return ApiException.invalid(List.of(new FieldError(List.of("body", field), "only one file can be sent", "value_error")));
        }

        private void throwFailure() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static ApiException malformed() {
        return ApiException.badRequest("The multipart body is malformed");
    }
}

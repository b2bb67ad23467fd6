package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Takes in the bodies of requests, within limits of length, time, type and memory, before their handlers run. */
public final class RequestBodies {

    static final String UPLOAD = UploadStream.class.getName();

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int RETRY_UPLOAD_SECONDS = 10;

    private final BodyMemoryLimits limits =
            BodyMemoryLimits.of(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());

    /**
     * To be run before each matched route, after the sign-in, on which the limits depend. The handler follows when the
     * body is there.
     *
     * @throws ApiException 400, 408, 413, 415 or 503, also later
     */
    public void receive(Context ctx) {
        if (!METHODS.contains(ctx.req().getMethod()) || !hasBody(ctx)) {
            return;
        }
        var limit = BodyLimit.of(ctx);
        boolean packed = isPacked(ctx);
        if (limit.isStreamed()) {
            offerStream(ctx, limit, packed);
            return;
        }
        if (limit.kind() == BodyLimit.Kind.JSON) {
            requireJson(ctx);
        }
        var user = CurrentUser.find(ctx);
        var memory = new BodyMemory(limits, user == null ? MemoryBudget.ANONYMOUS : user.id());
        memory.attach(ctx);
        Request.addCompletionListener(request(ctx), failure -> memory.close());
        collect(ctx, limit, memory, packed);
    }

    private void collect(Context ctx, BodyLimit limit, BodyMemory memory, boolean packed) {
        var body = new RequestBody(limit, memory);
        long announced = ctx.req().getContentLengthLong();
        try {
            var in = ctx.req().getInputStream();
            if (announced > BodyMemory.LARGE_BYTES) {
                ctx.future(() -> memory.awaitLarge(request(ctx).getConnectionMetaData().getConnector().getExecutor())
                        .thenCompose(turn -> arrival(ctx, in, body, limit))
                        .thenRun(() -> accept(ctx, body, memory, packed))
                        .whenComplete((done, failure) -> closeIfFailed(memory, failure)));
                return;
            }
            if (announced > 0 && in.available() >= announced) {
                while (body.readFrom(in) >= 0) {
                    // All of it is here, which is what happens with nearly every request.
                }
                accept(ctx, body, memory, packed);
                return;
            }
            ctx.future(() -> arrival(ctx, in, body, limit)
                    .thenRun(() -> accept(ctx, body, memory, packed))
                    .whenComplete((done, failure) -> closeIfFailed(memory, failure)));
        } catch (IOException e) {
            throw BodyReader.notWhole();
        }
    }

    private static CompletableFuture<Void> arrival(Context ctx, ServletInputStream in, RequestBody body, BodyLimit limit) {
        var connector = request(ctx).getConnectionMetaData().getConnector();
        return BodyReader.read(in, body, limit, connector.getScheduler(), connector.getExecutor());
    }

    /** What is not taken holds nothing while its client is told. */
    private static void closeIfFailed(BodyMemory memory, Throwable failure) {
        if (failure != null) {
            memory.close();
        }
    }

    private static void accept(Context ctx, RequestBody body, BodyMemory memory, boolean packed) {
        var plain = packed ? body.unpacked() : body;
        memory.reserveParsed(plain.size());
        plain.attach(ctx);
    }

    private void offerStream(Context ctx, BodyLimit limit, boolean packed) {
        var slots = limit.kind() == BodyLimit.Kind.IMPORT ? limits.imports() : limits.uploads();
        take(slots, ctx);
        try {
            InputStream in = ctx.req().getInputStream();
            ctx.attribute(UPLOAD, new UploadStream(packed ? new GZIPInputStream(in) : in, limit));
        } catch (IOException e) {
            throw BodyReader.notWhole();
        }
    }

    private static void take(Semaphore slots, Context ctx) {
        if (!slots.tryAcquire()) {
            throw ApiException.busy("The server is taking in as many uploads as it can, please try again", RETRY_UPLOAD_SECONDS);
        }
        Request.addCompletionListener(request(ctx), failure -> slots.release());
    }

    private static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header(Header.TRANSFER_ENCODING) != null;
    }

    private static void requireJson(Context ctx) {
        var type = ctx.header(Header.CONTENT_TYPE);
        var media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw ApiException.unsupportedMediaType();
        }
    }

    private static boolean isPacked(Context ctx) {
        var encoding = ctx.header(Header.CONTENT_ENCODING);
        return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw ApiException.unsupportedEncoding();
        };
    }

    private static Request request(Context ctx) {
        return ServletContextRequest.getServletContextRequest(ctx.req());
    }
}

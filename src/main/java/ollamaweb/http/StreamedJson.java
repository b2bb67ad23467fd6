package ollamaweb.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import ollamaweb.json.Json;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON answers that are written while they are made, so that their size does not matter to the memory. */
public final class StreamedJson {

    private static final Logger log = LoggerFactory.getLogger(StreamedJson.class);

    /** Writes one JSON document. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private StreamedJson() {}

    /**
     * Answers 200 with the document. Once its first byte is written a failure has no status any more; then the connection
     * is closed in the middle of the document, so that nobody takes it for whole.
     */
    public static void send(Context ctx, Body body) {
        ctx.contentType("application/json");
        try {
            var json = Json.MAPPER.createGenerator(ctx.outputStream());
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            body.write(json);
            json.close();
        } catch (IOException e) {
            log.debug("A client left while it was answered - request {}", RequestId.of(ctx), e);
            breakOff(ctx);
        } catch (RuntimeException | Error e) {
            log.error("{} {} broke off - request {}", ctx.method(), ctx.path(), RequestId.of(ctx), e);
            breakOff(ctx);
        }
    }

    private static void breakOff(Context ctx) {
        ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData().getConnection().getEndPoint().close();
    }
}

package ollamaweb.gateway;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;

/** An answer of another server on its way to a client. */
interface Passing extends AutoCloseable {

    /**
     * Waits for its turn, and passes the answer on; blocks meanwhile.
     *
     * @param finished completed once the answer is at its end, or the client has left
     */
    void run(Context ctx, CompletableFuture<Void> finished);

    /** Ends it, from any thread. */
    void cancel();

    /** Lets the next one have its turn. */
    @Override
    void close();
}

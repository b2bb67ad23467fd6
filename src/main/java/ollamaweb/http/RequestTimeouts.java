package ollamaweb.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request line and headers do not arrive in time, however steadily they drip: the idle timeout
 * alone starts anew with every byte, so that a few thousand such clients could keep everybody else out for hours. Bodies
 * have limits of their own, see {@link BodyLimit}.
 */
final class RequestTimeouts extends AbstractLifeCycle {

    private static final long LOOK_EVERY_MILLIS = 250;

    private final Server server;
    private final Duration limit;
    private volatile Scheduler.Task nextLook;

    /** @param limit how long the request line and the headers may take */
    RequestTimeouts(Server server, Duration limit) {
        this.server = server;
        this.limit = limit;
    }

    @Override
    protected void doStart() {
        lookLater();
    }

    @Override
    protected void doStop() {
        nextLook.cancel();
    }

    private void lookLater() {
        nextLook = server.getScheduler().schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Connector connector : server.getConnectors()) {
            for (EndPoint client : connector.getConnectedEndPoints()) {
                if (client.getConnection() instanceof HttpConnection connection && isLate(connection)) {
                    client.close(new TimeoutException("The request did not arrive in time"));
                }
            }
        }
        if (isRunning()) {
            lookLater();
        }
    }

    /** Reads another thread's parser without a lock: what it sees may be a moment old, which a limit in seconds can bear. */
    private boolean isLate(HttpConnection connection) {
        var parser = connection.getParser();
        return parser.inHeaderState() && !parser.isStart() && NanoTime.since(parser.getBeginNanoTime()) > limit.toNanos();
    }
}

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
 * Closes connections whose request does not arrive in time, however steadily it drips: the idle timeout alone starts
 * anew with every byte, so that a few thousand such clients could keep everybody else out for hours.
 */
final class SlowRequests extends AbstractLifeCycle {

    private static final long LOOK_EVERY_MILLIS = 250;

    private final Server server;
    private final Duration headLimit;
    private final Duration limit;
    private volatile Scheduler.Task nextLook;

    /**
     * @param headLimit how long the request line and the headers may take
     * @param limit     how long the whole request may take, its body included
     */
    SlowRequests(Server server, Duration headLimit, Duration limit) {
        this.server = server;
        this.headLimit = headLimit;
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
        boolean inHead = parser.inHeaderState() && !parser.isStart();
        if (!inHead && !parser.inContentState()) {
            return false;
        }
        return NanoTime.since(parser.getBeginNanoTime()) > (inHead ? headLimit : limit).toNanos();
    }
}

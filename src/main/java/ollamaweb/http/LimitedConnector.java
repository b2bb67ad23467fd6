package ollamaweb.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections beyond the limits as soon as they are accepted. Jetty's own limits stop accepting instead, and
 * everybody waits.
 */
final class LimitedConnector extends ServerConnector {

    private final ConnectionLimits limits;

    LimitedConnector(Server server, HttpConnectionFactory http, ConnectionLimits limits) {
        super(server, http);
        this.limits = limits;
        addBean(new SelectorManager.AcceptListener() {
            @Override
            public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
                limits.closed(channel);
            }
        });
    }

    @Override
    public void accept(int acceptorId) throws IOException {
        if (getTransport() instanceof ServerSocketChannel listening && listening.isOpen()) {
            var channel = listening.accept();
            if (!limits.accept(channel, channel.socket().getInetAddress())) {
                refuse(channel);
                return;
            }
            try {
                channel.configureBlocking(false);
                configure(channel.socket());
                getSelectorManager().accept(channel);
            } catch (IOException | RuntimeException e) {
                limits.closed(channel);
                channel.close();
                throw e;
            }
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        if (endPoint instanceof SelectableChannelEndPoint selectable) {
            limits.closed(selectable.getChannel());
        }
    }

    /** By a reset, which leaves nothing behind on this side. */
    private static void refuse(SocketChannel channel) throws IOException {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }
}

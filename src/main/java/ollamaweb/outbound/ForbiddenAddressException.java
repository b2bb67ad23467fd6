package ollamaweb.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The address behind an allowed name is not one that the name may have. */
public final class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(InetSocketAddress address) {
        super("connecting to " + address + " is not allowed");
    }
}

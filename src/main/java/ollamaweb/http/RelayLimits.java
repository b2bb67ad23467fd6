package ollamaweb.http;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How many answers may be passed on from other servers at once; each ends with the key or session that asked for it. */
public final class RelayLimits implements AutoCloseable {

    /** About what one takes: two threads' stacks and buffers. */
    private static final long MEMORY_BYTES = 256 * 1024;

    private final MemoryBudget memory = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);
    private final Set<Relay> underWay = ConcurrentHashMap.newKeySet();
    private final RevokedCredentials revoked;

    public RelayLimits(RevokedCredentials revoked) {
        this.revoked = revoked;
        revoked.onRevoked(this::end);
    }

    /**
     * @param cancel ends it, from any thread
     * @return one of them, to be closed by the caller
     * @throws ApiException 503 if there are too many, of this account or of all
     */
    public Relay begin(CurrentUser user, Runnable cancel) {
        if (!memory.take(user.id(), MEMORY_BYTES)) {
            throw ApiException.busy("Too many answers are under way, please try again", 1);
        }
        var relay = new Relay(user, cancel);
        underWay.add(relay);
        if (revoked.anyRecent(user.credentials())) {
            cancel.run();
        }
        return relay;
    }

    private void end(Collection<String> credentials) {
        for (var relay : underWay) {
            if (relay.user.credentials().stream().anyMatch(credentials::contains)) {
                relay.cancel.run();
            }
        }
    }

    /** Ends all. */
    @Override
    public void close() {
        underWay.forEach(relay -> relay.cancel.run());
    }

    /** One answer under way. */
    public final class Relay implements AutoCloseable {

        private final CurrentUser user;
        private final Runnable cancel;

        private Relay(CurrentUser user, Runnable cancel) {
            this.user = user;
            this.cancel = cancel;
        }

        @Override
        public void close() {
            if (underWay.remove(this)) {
                memory.giveBack(user.id(), MEMORY_BYTES);
            }
        }
    }
}

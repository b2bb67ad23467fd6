package ollamaweb.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import ollamaweb.http.SseStream.Source;
import ollamaweb.json.Json;

/** The event streams that are open, by the credentials they were opened with: a stream ends when one of them does. */
public final class OpenStreams {

    private record Failed(String error) {}

    private static final String REVOKED =
            Json.write(new Failed("The key or session that opened this stream is no longer valid"));

    private static final String LEFT = Json.write(new Failed("You are no longer a member of this conversation"));

    private final Map<String, Set<Registration>> byCredential = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final RevokedCredentials revoked;

    public OpenStreams(RevokedCredentials revoked) {
        this.revoked = revoked;
        revoked.onRevoked(this::end);
    }

    /**
     * As {@link SseStream#open}, for a stream that ends with the caller's credential.
     *
     * @param user who opens it, by a token or by a ticket
     */
    public void open(Context ctx, CurrentUser user, Source source, Consumer<SseStream> onOpen) {
        open(ctx, user, null, source, onOpen);
    }

    /**
     * As the other, for a stream that ends with a membership of a conversation as well.
     *
     * @param membershipId null for none
     */
    public void open(Context ctx, CurrentUser user, Long membershipId, Source source, Consumer<SseStream> onOpen) {
        var credentials = new ArrayList<>(user.credentials());
        if (membershipId != null) {
            credentials.add(RevokedCredentials.membership(membershipId));
        }
        var registration = new Registration(List.copyOf(credentials), source);
        SseStream.open(ctx, registration, stream -> {
            registration.enter(stream);
            onOpen.accept(stream);
        });
    }

    /** @return how many streams are open */
    public int count() {
        return open.get();
    }

    private void end(Collection<String> credentials) {
        for (var credential : credentials) {
            byCredential.getOrDefault(credential, Set.of()).forEach(registration -> registration.end(credential));
        }
    }

    /** A stream's source that takes its stream off the list when it is closed. */
    private final class Registration implements Source {

        private final Collection<String> credentials;
        private final Source source;
        private volatile SseStream stream;

        Registration(Collection<String> credentials, Source source) {
            this.credentials = credentials;
            this.source = source;
        }

        /** Entered first and looked up then: a credential that is revoked at the same moment is seen by one of the two. */
        void enter(SseStream opened) {
            stream = opened;
            open.incrementAndGet();
            for (var credential : credentials) {
                byCredential.compute(credential, (key, others) -> {
                    var streams = others == null ? ConcurrentHashMap.<Registration>newKeySet() : others;
                    streams.add(this);
                    return streams;
                });
            }
            credentials.stream().filter(revoked::isRecent).findFirst().ifPresent(this::end);
        }

        void end(String credential) {
            stream.end("error", RevokedCredentials.isMembership(credential) ? LEFT : REVOKED);
        }

        @Override
        public boolean next(SseBuffer frames, int room) {
            return source.next(frames, room);
        }

        @Override
        public void closed() {
            if (stream != null) {
                open.decrementAndGet();
            }
            for (var credential : credentials) {
                byCredential.computeIfPresent(credential, (key, streams) -> {
                    streams.remove(this);
                    return streams.isEmpty() ? null : streams;
                });
            }
            source.closed();
        }
    }
}

package ollamaweb.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Where it is announced that a credential is no longer valid, so that what was opened with it ends. A credential goes by
 * a name, a plain text, so that an announcement can be passed on to other servers.
 */
public final class RevokedCredentials {

    private static final String MEMBERSHIP = "membership:";
    private static final int REMEMBERED_AT_ONCE = 100_000;
    /** Longer than any request takes from its check to the opening of its stream. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private final List<Consumer<Collection<String>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Collection<String>>> announcers = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> restorers = new CopyOnWriteArrayList<>();
    private final Cache<String, Boolean> recent =
            Caffeine.newBuilder().maximumSize(REMEMBERED_AT_ONCE).expireAfterWrite(REMEMBERED_FOR).build();

    /** To be called once an API key is revoked in the database. */
    public void revokeKey(long keyId) {
        announce(List.of(key(keyId)));
    }

    /** To be called once sessions have ended in the database. */
    public void endSessions(Collection<String> sessionIds) {
        announce(sessionIds.stream().map(RevokedCredentials::session).toList());
    }

    /** To be called once an account is deleted, or disabled, in the database. */
    public void endAccount(long userId) {
        announce(List.of(account(userId)));
    }

    /** To be called once an account that was disabled is so no longer: its keys are good again. */
    public void restoreAccount(long userId) {
        restoredElsewhere(userId);
        restorers.forEach(announcer -> announcer.accept(userId));
    }

    /** @param announcer is given the accounts that are restored here, for other servers */
    public void announceRestoredBy(LongConsumer announcer) {
        restorers.add(announcer);
    }

    /** To be called with what another server was given by its own {@link #announceRestoredBy}. */
    public void restoredElsewhere(long userId) {
        recent.invalidate(account(userId));
    }

    /** To be called once memberships of conversations have ended in the database. */
    public void endMemberships(Collection<Long> membershipIds) {
        announce(membershipIds.stream().map(RevokedCredentials::membership).toList());
    }

    /** @param announcer is given the names of what is revoked here, for other servers */
    public void announceBy(Consumer<Collection<String>> announcer) {
        announcers.add(announcer);
    }

    /** To be called with what another server was given by its own {@link #announceBy}. */
    public void revokedElsewhere(Collection<String> credentials) {
        end(credentials);
    }

    /** @param listener is given the names of the credentials that are no longer valid; must not block */
    void onRevoked(Consumer<Collection<String>> listener) {
        listeners.add(listener);
    }

    /** @return whether one of the credentials was revoked within the last minutes */
    boolean anyRecent(Collection<String> credentials) {
        return credentials.stream().anyMatch(this::isRecent);
    }

    /** @return whether the credential was revoked within the last minutes */
    boolean isRecent(String credential) {
        return recent.getIfPresent(credential) != null;
    }

    private void announce(Collection<String> credentials) {
        end(credentials);
        if (!credentials.isEmpty()) {
            announcers.forEach(announcer -> announcer.accept(credentials));
        }
    }

    private void end(Collection<String> credentials) {
        credentials.forEach(name -> recent.put(name, true));
        listeners.forEach(listener -> listener.accept(credentials));
    }

    static String key(long keyId) {
        return "key:" + keyId;
    }

    static String session(String sessionId) {
        return "session:" + sessionId;
    }

    static String membership(long membershipId) {
        return MEMBERSHIP + membershipId;
    }

    static boolean isMembership(String credential) {
        return credential.startsWith(MEMBERSHIP);
    }

    static String account(long userId) {
        return "account:" + userId;
    }
}

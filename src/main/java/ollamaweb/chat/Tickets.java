package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import ollamaweb.crypto.SecretKey;
import ollamaweb.http.CurrentUser;

/**
 * Short-lived passes to a single stream, for browsers' {@code EventSource}, which cannot send headers. A ticket is
 * {@code expiry.user.credential.signature}; nothing is stored, so it outlives a restart. It is good for five minutes, and
 * beyond them as long as its answer streams and five minutes more; and never longer than the credential it was issued to.
 */
final class Tickets {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,12})\\.([0-9]{1,18})\\.(?:key-([0-9]{1,18})|session-([0-9a-f-]{36}))\\.([0-9a-f]{64})");

    private final SecretKey secret;
    private final Clock clock;

    Tickets(SecretKey secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * @param ticket    to be sent as {@code ?ticket=}
     * @param expiresAt until when it is good at least
     */
    record Ticket(String ticket, Instant expiresAt) {}

    /** What a genuine ticket says; whether it is still good is another question. */
    record Holder(CurrentUser user, Instant expiresAt) {}

    Ticket issue(CurrentUser user, long messageId) {
        var expiry = Instant.ofEpochSecond(clock.instant().plus(LIFETIME).getEpochSecond());
        var credential = user.sessionId() != null ? "session-" + user.sessionId() : "key-" + user.keyId();
        var claims = expiry.getEpochSecond() + "." + user.id() + "." + credential;
        return new Ticket(claims + "." + signature(claims, messageId), expiry);
    }

    /** @return whose ticket it is, if it is a genuine one for this message */
    Optional<Holder> verify(String ticket, long messageId) {
        var parts = FORM.matcher(ticket);
        if (!parts.matches() || !isGenuine(ticket, parts.group(5), messageId)) {
            return Optional.empty();
        }
        long userId = Long.parseLong(parts.group(2));
        var user = parts.group(3) == null
                ? CurrentUser.ofSession(userId, parts.group(4))
                : CurrentUser.ofKey(userId, Long.parseLong(parts.group(3)));
        return Optional.of(new Holder(user, Instant.ofEpochSecond(Long.parseLong(parts.group(1)))));
    }

    /** @return whether a ticket is good at this moment for an answer that is in the making since then */
    boolean isGoodForRunning(Holder holder, Instant startedAt) {
        return isGood(holder) || !startedAt.isAfter(holder.expiresAt());
    }

    /** @param endedAt when the answer ended; null if that is not known */
    boolean isGoodForEnded(Holder holder, Instant endedAt) {
        return isGood(holder) || endedAt != null && clock.instant().isBefore(endedAt.plus(LIFETIME));
    }

    private boolean isGood(Holder holder) {
        return clock.instant().isBefore(holder.expiresAt());
    }

    private boolean isGenuine(String ticket, String signature, long messageId) {
        var claims = ticket.substring(0, ticket.length() - signature.length() - 1);
        return MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII),
                signature(claims, messageId).getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(String claims, long messageId) {
        return secret.digest("stream-ticket:" + messageId + ":" + claims);
    }
}

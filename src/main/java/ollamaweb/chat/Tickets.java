package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import ollamaweb.auth.SecretKey;

/**
 * Short-lived passes to a single stream, for browsers' {@code EventSource}, which cannot send headers. A ticket is
 * {@code expiry.user.signature}; nothing is stored, so it outlives a restart.
 */
final class Tickets {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.([0-9]{1,18})\\.([0-9a-f]{64})");

    private final SecretKey secret;
    private final Clock clock;

    Tickets(SecretKey secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** @param ticket to be sent as {@code ?ticket=} */
    record Ticket(String ticket, Instant expiresAt) {}

    Ticket issue(long userId, long messageId) {
        var expiry = Instant.ofEpochSecond(clock.instant().plus(LIFETIME).getEpochSecond());
        var signature = signature(expiry.getEpochSecond(), userId, messageId);
        return new Ticket(expiry.getEpochSecond() + "." + userId + "." + signature, expiry);
    }

    /** @return whose ticket it is, if it is one for this message and still good */
    OptionalLong holder(String ticket, long messageId) {
        var parts = FORM.matcher(ticket);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long expiry = Long.parseLong(parts.group(1));
        long userId = Long.parseLong(parts.group(2));
        boolean genuine = MessageDigest.isEqual(
                parts.group(3).getBytes(StandardCharsets.US_ASCII),
                signature(expiry, userId, messageId).getBytes(StandardCharsets.US_ASCII));
        return genuine && clock.instant().getEpochSecond() < expiry ? OptionalLong.of(userId) : OptionalLong.empty();
    }

    private String signature(long expiry, long userId, long messageId) {
        return secret.digest("stream-ticket:" + expiry + ":" + userId + ":" + messageId);
    }
}

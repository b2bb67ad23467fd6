package ollamaweb.audit;

import java.time.Instant;

/**
 * Something that was done, as admins see it.
 *
 * @param userId      who did it; null for the console, and for who is not known
 * @param userEmail   null also when the account is gone
 * @param targetId    the account that it was done to, or null
 * @param targetEmail null also when the account is gone
 * @param detail      which key, for example, or null
 * @param address     from where
 * @param times       how often, within an hour
 */
public record AuditEntry(long id, AuditAction action, Long userId, String userEmail, Long targetId, String targetEmail, String detail,
        String address, int times, Instant createdAt) {}

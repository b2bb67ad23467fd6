package ollamaweb.limits;

/**
 * How many requests are answered within a minute; a pause gives back what was used, so that all of them may come at once.
 *
 * @param enabled            whether accounts and addresses have limits; a key's own hold in any case
 * @param perMinute          of an account
 * @param anonymousPerMinute of an address, without a sign-in
 * @param chatPerMinute      of an account's questions to models
 */
public record RateLimits(boolean enabled, int perMinute, int anonymousPerMinute, int chatPerMinute) {}

package ollamaweb.crypto;

/**
 * bcrypt's work factors for what is hashed anew: two to this power rounds. A hash keeps its own, so that raising them
 * locks nobody out.
 *
 * @param passwords of accounts; people choose them, so that guessing has to be slow
 * @param keys      of the API; long ones are random, and they are checked with many requests
 */
public record HashingCosts(int passwords, int keys) {

    /** What servers run with: 0.2 s of a core a password, 50 ms a key. */
    public static final HashingCosts STANDARD = new HashingCosts(12, 10);
}

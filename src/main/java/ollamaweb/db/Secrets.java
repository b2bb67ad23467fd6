package ollamaweb.db;

/**
 * The secrets of a server, without which what it stored is of less use.
 *
 * @param secretKey    what digests are keyed with; null: not set
 * @param jwtSecretKey what access tokens are signed with; null: not set
 */
public record Secrets(String secretKey, String jwtSecretKey) {

    /** Says no more than which are set. */
    @Override
    public String toString() {
        return "Secrets[secretKey " + (secretKey == null ? "not set" : "set")
                + ", jwtSecretKey " + (jwtSecretKey == null ? "not set" : "set") + "]";
    }
}

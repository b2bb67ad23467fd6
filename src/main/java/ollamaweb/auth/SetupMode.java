package ollamaweb.auth;

/** Who may add an account by {@code POST /api/auth/setup}. */
public enum SetupMode {
    /** Anyone who can reach the port. */
    OPEN,
    /** Only while there is no account. */
    FIRST,
    /** No one. */
    CLOSED
}

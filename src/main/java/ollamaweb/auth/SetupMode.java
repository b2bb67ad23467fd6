package ollamaweb.auth;

/** Who may add an account, by {@code POST /api/auth/setup} or by {@code POST /api/v1/auth/register}. */
public enum SetupMode {
    /** Anyone who can reach the port. */
    OPEN,
    /** Only while there is no account. */
    FIRST,
    /** No one. */
    CLOSED;

    /** @return whether a new account may be made now */
    boolean admits(boolean hasAccounts) {
        return this == OPEN || this == FIRST && !hasAccounts;
    }
}

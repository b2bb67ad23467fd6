package ollamaweb.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What the audit log tells of. */
public enum AuditAction {
    SIGN_IN,
    SIGN_IN_FAILED,
    ACCOUNT_CREATED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_DELETED,
    ADMIN_GRANTED,
    ADMIN_REVOKED,
    TOKENS_PER_DAY_CHANGED,
    EMAIL_CHANGED,
    PASSWORD_CHANGED,
    PASSWORD_RESET_CREATED,
    PASSWORD_RESET_USED,
    KEY_CREATED,
    KEY_REVOKED,
    CONVERSATION_DELETED,
    BACKUP_RESTORED;

    /** @return the name that the API and the database have for it */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AuditAction of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String[] texts() {
        return Arrays.stream(values()).map(AuditAction::text).toArray(String[]::new);
    }
}

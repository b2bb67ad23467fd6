package ollamaweb.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import ollamaweb.http.ApiException;

/** What an account may do with a conversation that it sees. */
public enum ConversationRole {

    /** Everything. */
    OWNER,
    /** Ask and change what everybody sees, but neither delete, share nor invite. */
    WRITER,
    /** Read, and put the conversation in an order of its own. */
    READER;

    /** @return the role as clients and the database name it */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ApiException 403 unless this role may write */
    public void requireWriter() {
        if (this == READER) {
            throw ApiException.forbidden("You may read this conversation, but not write in it");
        }
    }

    /** @throws ApiException 403 unless this is the owner's role */
    public void requireOwner() {
        if (this != OWNER) {
            throw ApiException.forbidden("Only the owner of this conversation may do that");
        }
    }
}

package ollamaweb.export;

import java.io.IOException;
import java.util.List;
import ollamaweb.files.StoredFile;
import ollamaweb.messages.Message;

/** Writes one conversation down, message by message; nothing of it has to be in memory together. */
public interface ConversationWriter {

    /** Writes what comes before the messages. */
    void begin() throws IOException;

    /**
     * @param message oldest first
     * @param files   that came with it
     * @return whether it was written: not if the message that it follows was deleted meanwhile, and so will be this one
     */
    boolean write(Message message, List<StoredFile> files) throws IOException;

    /** Writes what comes after the messages; the stream is left open. */
    void end() throws IOException;
}

package ollamaweb.export;

import java.io.IOException;
import java.io.OutputStream;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileDao;
import ollamaweb.messages.Message;

/** How a conversation is written down. */
interface ExportFormat {

    String extension();

    String contentType();

    /** @return whether it has all messages, or else those of the current path */
    boolean hasWholeTree();

    /** Writes the conversation, one message at a time; the stream is left open. */
    void write(Conversation conversation, Iterable<Message> messages, FileDao files, OutputStream out) throws IOException;
}

package ollamaweb.export;

import java.io.OutputStream;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileDao;

/** How a conversation is written down. */
interface ExportFormat {

    String extension();

    String contentType();

    /** @return whether it has all messages, or else those of the current path */
    boolean hasWholeTree();

    /** @param files of which the bytes are read while the conversation is written */
    ConversationWriter writer(Conversation conversation, FileDao files, OutputStream out);
}

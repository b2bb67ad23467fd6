package ollamaweb.export;

import java.io.OutputStream;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileDao;

/** A conversation as a Markdown document for people to read and keep. */
final class MarkdownExport implements ExportFormat {

    @Override
    public String extension() {
        return "md";
    }

    @Override
    public String contentType() {
        return "text/markdown; charset=utf-8";
    }

    @Override
    public boolean hasWholeTree() {
        return false;
    }

    @Override
    public ConversationWriter writer(Conversation conversation, FileDao files, OutputStream out) {
        return new MarkdownConversation(conversation, file -> null, out);
    }
}

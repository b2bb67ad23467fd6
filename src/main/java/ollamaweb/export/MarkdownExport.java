package ollamaweb.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;

/** A conversation as a Markdown document for people to read and keep. */
final class MarkdownExport implements ExportFormat {

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    /** What Markdown would read as more than text; an underscore inside a word is not among it. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]<>#~|!]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|&(?=[#\\p{L}])");

    private static final Pattern BACKTICKS = Pattern.compile("`{3,}");

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
    public void write(Conversation conversation, Iterable<Message> messages, FileDao files, OutputStream out) throws IOException {
        var page = new OutputStreamWriter(out, UTF_8);
        page.append("# ").append(asText(conversation.title())).append("\n\n");
        page.append("- Model: ").append(asText(conversation.modelName())).append('\n');
        page.append("- Created: ").append(Timestamps.format(conversation.createdAt())).append('\n');
        page.append("- Updated: ").append(Timestamps.format(conversation.updatedAt())).append('\n');
        var tags = conversation.tagList();
        if (!tags.isEmpty()) {
            page.append("- Tags: ").append(asText(String.join(", ", tags))).append('\n');
        }
        if (conversation.systemPrompt() != null) {
            page.append("- System prompt:\n\n").append(fenced(conversation.systemPrompt()));
        }
        for (var message : messages) {
            write(message, page);
            if (message.hasFiles()) {
                writeNames(files.listOfMessage(message.id()), page);
            }
        }
        page.flush();
    }

    private static void writeNames(List<StoredFile> files, Writer page) throws IOException {
        page.append('\n');
        for (var file : files) {
            page.append("- File: ").append(asText(file.name())).append(" (").append(file.mediaType()).append(", ")
                    .append(Long.toString(file.size())).append(" bytes)\n");
        }
    }

    private static void write(Message message, Writer page) throws IOException {
        var role = Character.toUpperCase(message.role().charAt(0)) + message.role().substring(1);
        page.append("\n## ").append(role).append(" · ").append(Timestamps.format(message.createdAt())).append("\n\n");
        if (message.thinking() != null) {
            page.append("<details>\n<summary>Thinking</summary>\n\n").append(fence(message.thinking())).append("\n</details>\n\n");
        }
        page.append(message.content());
        if (!message.content().endsWith("\n")) {
            page.append('\n');
        }
        page.append(UnclosedBlock.closing(message.content()));
    }

    /** @return the text on one line, with nothing in it that Markdown would take for markup */
    private static String asText(String text) {
        var line = LINE_BREAKS.matcher(text).replaceAll(" ").strip();
        return MARKUP.matcher(line).replaceAll("\\\\$0");
    }

    /** @return the text as a code block of the list item above, which no fence inside it can end */
    private static String fenced(String text) {
        return fence(text).indent(2);
    }

    /** @return the text as a code block, which no fence inside it can end */
    private static String fence(String text) {
        var longest = BACKTICKS.matcher(text).results().mapToInt(run -> run.end() - run.start()).max().orElse(2);
        var fence = "`".repeat(longest + 1);
        return "%s\n%s\n%s\n".formatted(fence, text, fence);
    }
}

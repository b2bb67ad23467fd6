package ollamaweb.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.StoredFile;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;

/** Writes the Markdown document of a conversation. */
public final class MarkdownConversation implements ConversationWriter {

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    /** What Markdown would read as more than text; an underscore inside a word is not among it. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]<>#~|!]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|&(?=[#\\p{L}])");

    private static final Pattern BACKTICKS = Pattern.compile("`{3,}");

    private final Conversation conversation;
    private final Function<StoredFile, String> target;
    private final Writer page;

    /** @param target tells where a file is, as the target of a link; null: nowhere */
    public MarkdownConversation(Conversation conversation, Function<StoredFile, String> target, OutputStream out) {
        this.conversation = conversation;
        this.target = target;
        this.page = new OutputStreamWriter(out, UTF_8);
    }

    @Override
    public void begin() throws IOException {
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
    }

    @Override
    public boolean write(Message message, List<StoredFile> files) throws IOException {
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
        if (!files.isEmpty()) {
            page.append('\n');
            for (var file : files) {
                write(file);
            }
        }
        return true;
    }

    @Override
    public void end() throws IOException {
        page.flush();
    }

    private void write(StoredFile file) throws IOException {
        var name = asText(file.name());
        var link = target.apply(file);
        page.append("- File: ").append(link == null ? name : "[" + name + "](" + link + ")").append(" (").append(file.mediaType())
                .append(", ").append(Long.toString(file.size())).append(" bytes)\n");
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

package ollamaweb.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.conversations.Title;
import ollamaweb.http.Tags;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.ollamaweb.ExportManifest;

/**
 * A conversation that can be kept as it is: its texts have no control characters and are not too long, each message comes after the
 * one that it follows.
 *
 * @param key     tells it from others of its source
 * @param current the place of the message that the path leads to, -1 where there are no messages
 * @param hash    of what the source says of it, which ends with its {@link #setup}
 * @param notes   what could not be brought along, as sentences
 */
record CheckedConversation(
        String key,
        String title,
        String modelName,
        String systemPrompt,
        Instant createdAt,
        Instant updatedAt,
        boolean pinned,
        boolean archived,
        Tags tags,
        int current,
        List<CheckedMessage> messages,
        String hash,
        List<String> notes) {

    /**
     * @param source whose name stands for a model where none is known
     * @param now    where the source tells no time
     * @throws UnfitException if it cannot be kept
     */
    static CheckedConversation of(SourceConversation given, String source, ConversationLimits limits, Instant now) {
        boolean isOwn = source.equals(ExportManifest.FORMAT);
        if (given.messages().isEmpty() && !isOwn) { // elsewhere it is one that could not be exported
            throw new UnfitException("It has no messages.");
        }
        if (given.messages().size() > limits.maxMessages()) {
            throw new UnfitException("It has more than " + limits.maxMessages() + " messages.");
        }
        var notes = new ArrayList<>(given.notes());
        var order = MessageOrder.of(given.messages(), notes);
        var texts = new SourceTexts(notes, isOwn ? limits.maxAnswerBytes() : 0);
        var created = texts.time(given.createdAt());
        var updated = texts.time(given.updatedAt());
        var begun = created == null ? firstTime(order, texts, updated == null ? now : updated) : created;
        var messages = messages(order, texts, begun);
        var title = title(given.title(), order.messages(), texts);
        var model = model(given, order.messages(), source, texts);
        var prompt = SystemPrompt.clean(texts.cut(given.systemPrompt(), SystemPrompt.MAX_LENGTH, "The system prompt"));
        int current = current(given.currentMessageId(), order, messages);
        var hash = new ContentHash().text(title).number(current);
        messages.forEach(message -> hash.text(message.key()).number(message.parent()).text(message.hash()));
        var tags = tags(given.tags(), texts);
        texts.addNotes();
        return new CheckedConversation(key(given), title, model, prompt, begun, updated == null ? lastTime(messages, begun) : updated,
                given.pinned(), given.archived(), tags, current, messages, hash.end() + setup(model, prompt),
                List.copyOf(notes));
    }

    /** @return what tells whether the model or the system prompt is another one */
    static String setup(String modelName, String systemPrompt) {
        return new ContentHash().text(modelName).text(systemPrompt).end();
    }

    /** @return the same under another key, for one whose source gives it none and that begins like another one */
    CheckedConversation another() {
        return new CheckedConversation(new ContentHash().text(key).end(), title, modelName, systemPrompt, createdAt, updatedAt, pinned,
                archived, tags, current, messages, hash, notes);
    }

    private static List<CheckedMessage> messages(MessageOrder order, SourceTexts texts, Instant begun) {
        var checked = new ArrayList<CheckedMessage>(order.messages().size());
        for (int i = 0; i < order.messages().size(); i++) {
            int parent = order.parents().get(i);
            checked.add(texts.message(order.messages().get(i), parent, parent < 0 ? begun : checked.get(parent).createdAt()));
        }
        return checked;
    }

    private static Instant firstTime(MessageOrder order, SourceTexts texts, Instant now) {
        return order.messages().stream().map(message -> texts.time(message.createdAt())).filter(time -> time != null)
                .min(Instant::compareTo).orElse(now);
    }

    private static Instant lastTime(List<CheckedMessage> messages, Instant begun) {
        return messages.stream().map(CheckedMessage::createdAt).max(Instant::compareTo).orElse(begun);
    }

    /** Where the source names none that is there, the newest that nothing follows. */
    private static int current(String id, MessageOrder order, List<CheckedMessage> messages) {
        int newest = -1;
        var followed = new HashSet<>(order.parents());
        for (int i = 0; i < messages.size(); i++) {
            if (order.messages().get(i).id().equals(id)) {
                return i;
            }
            if (!followed.contains(i)
                    && (newest < 0 || !messages.get(i).createdAt().isBefore(messages.get(newest).createdAt()))) {
                newest = i;
            }
        }
        return newest;
    }

    private static String title(String given, List<SourceMessage> messages, SourceTexts texts) {
        var title = texts.line(given);
        if (title != null) {
            return SourceTexts.atMost(title, ConversationDraft.MAX_TITLE);
        }
        return messages.stream()
                .filter(message -> Role.USER.equals(message.role()) && message.content() != null && !message.content().isBlank())
                .findFirst().map(question -> Title.of(texts.text(question.content()))).orElse(Conversation.UNTITLED);
    }

    private static String model(SourceConversation given, List<SourceMessage> messages, String source, SourceTexts texts) {
        var model = texts.name(given.modelName());
        for (int i = messages.size() - 1; i >= 0 && model == null; i--) {
            model = texts.name(messages.get(i).modelName());
        }
        return model == null ? source : model;
    }

    private static Tags tags(List<String> given, SourceTexts texts) {
        var tags = new LinkedHashSet<String>();
        for (var tag : given) {
            var line = texts.line(tag);
            if (line != null) {
                tags.add(SourceTexts.atMost(line, Tags.MAX_LENGTH));
            }
        }
        if (tags.size() > Tags.MAX_COUNT) {
            texts.leaveTags(tags.size() - Tags.MAX_COUNT);
            return new Tags(tags.stream().limit(Tags.MAX_COUNT).toList());
        }
        return new Tags(List.copyOf(tags));
    }

    /** A source without ids is known by its title and how it begins. */
    private static String key(SourceConversation given) {
        if (given.id() != null) {
            return new ContentHash().text(given.id()).end();
        }
        var hash = new ContentHash().text(given.title());
        given.messages().stream().limit(1).forEach(first -> hash.text(first.role()).text(first.content()));
        return hash.end();
    }
}

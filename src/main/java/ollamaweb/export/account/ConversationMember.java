package ollamaweb.export.account;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import ollamaweb.conversations.Conversation;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.export.ConversationWriter;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;
import ollamaweb.messages.Message;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.PathDao;

/** A conversation of an export, whose messages are read some at a time, each time in a short transaction. */
final class ConversationMember implements ZipMember {

    private static final int CHARACTERS_A_STEP = 32 * 1024;
    private static final int MESSAGES_A_STEP = 50;

    private final String name;
    private final Conversation conversation;
    private final Database database;
    private final Reading reading;
    private final Function<OutputStream, ConversationWriter> writers;
    private final LongConsumer counted;
    private ConversationWriter writer;
    private long count;

    /** A message, and what came with it. */
    private record Item(Message message, List<StoredFile> files) {}

    /** Some messages that follow each other. */
    private record Step(List<Item> items, boolean isLast) {}

    /** Reads the next messages; what it remembers of the ones before changes only outside of the transaction. */
    private interface Reading {

        Step next(Transaction tx);

        void done(Step step);
    }

    private ConversationMember(String name, Conversation conversation, Database database, Reading reading,
            Function<OutputStream, ConversationWriter> writers, LongConsumer counted) {
        this.name = name;
        this.conversation = conversation;
        this.database = database;
        this.reading = reading;
        this.writers = writers;
        this.counted = counted;
    }

    /**
     * With all messages.
     *
     * @param counted told at the end how many there were
     */
    static ConversationMember ofTree(String name, Conversation conversation, Database database,
            Function<OutputStream, ConversationWriter> writers, LongConsumer counted) {
        return new ConversationMember(name, conversation, database, new Tree(conversation), writers, counted);
    }

    /** With those of its path. */
    static ConversationMember ofPath(String name, Conversation conversation, Database database,
            Function<OutputStream, ConversationWriter> writers) {
        return new ConversationMember(name, conversation, database, new Path(conversation), writers, messages -> {});
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant modifiedAt() {
        return conversation.updatedAt();
    }

    @Override
    public boolean isCompressible() {
        return true;
    }

    @Override
    public boolean writeNext(OutputStream out) throws IOException {
        if (writer == null) {
            writer = writers.apply(out);
            writer.begin();
        }
        var step = database.read(reading::next);
        reading.done(step);
        for (var item : step.items()) {
            count += writer.write(item.message(), item.files()) ? 1 : 0;
        }
        if (!step.isLast()) {
            return true;
        }
        writer.end();
        counted.accept(count);
        return false;
    }

    private static Item item(Transaction tx, Message message) {
        return new Item(message, message.hasFiles() ? tx.dao(FileDao.class).listOfMessage(message.id()) : List.of());
    }

    private static int length(Message message) {
        return message.content().length() + (message.thinking() == null ? 0 : message.thinking().length());
    }

    /** All messages, by their ids. */
    private static final class Tree implements Reading {

        private final Conversation conversation;
        private long last;

        Tree(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public Step next(Transaction tx) {
            var messages = new ArrayList<Message>();
            boolean isLast;
            try (var rest = tx.dao(MessageDao.class).eachOfTreeAfter(conversation.id(), conversation.userId(), last).iterator()) {
                int characters = 0;
                while (rest.hasNext() && characters < CHARACTERS_A_STEP && messages.size() < MESSAGES_A_STEP) {
                    messages.add(rest.next());
                    characters += length(messages.get(messages.size() - 1));
                }
                isLast = !rest.hasNext();
            }
            return new Step(messages.stream().map(message -> item(tx, message)).toList(), isLast);
        }

        @Override
        public void done(Step step) {
            if (!step.items().isEmpty()) {
                last = step.items().get(step.items().size() - 1).message().id();
            }
        }
    }

    /** Those of the path, whose ids are known from the first step on. */
    private static final class Path implements Reading {

        private final Conversation conversation;
        private List<Long> ids;
        private List<Long> found;
        private int at;
        private int end;

        Path(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public Step next(Transaction tx) {
            var current = conversation.currentMessageId();
            found = ids != null ? ids : current == null ? List.of() : tx.dao(PathDao.class).idsBetween(current, 0, current);
            var items = new ArrayList<Item>();
            end = at;
            for (int characters = 0; end < found.size() && characters < CHARACTERS_A_STEP && items.size() < MESSAGES_A_STEP; end++) {
                var message = tx.dao(MessageDao.class).findWhole(found.get(end), conversation.userId());
                message.ifPresent(present -> items.add(item(tx, present)));
                characters += message.map(ConversationMember::length).orElse(0);
            }
            return new Step(items, end == found.size());
        }

        @Override
        public void done(Step step) {
            ids = found;
            at = end;
        }
    }
}

package ollamaweb.imports.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads conversations from lists of any length, one by one, and tells each of them once. */
public final class ConversationFeed {

    private static final Logger log = LoggerFactory.getLogger(ConversationFeed.class);
    private static final int MOST_CONVERSATIONS = 500_000;
    private static final int MOST_FAILURES = 10_000;

    /** Makes a conversation of what its source has written. */
    @FunctionalInterface
    public interface ConversationReader {

        /**
         * @return null where there is nothing to tell
         * @throws UnreadableException if it is no conversation; the message says why
         */
        SourceConversation read(JsonNode json) throws IOException;
    }

    /** Opens the bytes of a document. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    private final ConversationSink sink;
    private final JsonTreeReader trees;
    private final ConversationReader reader;
    private final Set<Long> told = new HashSet<>();
    private int conversations;
    private int failures;
    private boolean hasEnded;

    public ConversationFeed(ConversationSink sink, JsonTreeReader trees, ConversationReader reader) {
        this.sink = sink;
        this.trees = trees;
        this.reader = reader;
    }

    /**
     * Tells the conversations of a list. Where it cannot be read on, that is told, and what comes before it counts.
     *
     * @param name     of the file, for who reads of such a failure
     * @throws IOException if the sink wants no more
     */
    public void readList(String name, Opening document) throws IOException {
        try (var in = watched(document)) {
            var scanner = new JsonScanner(in);
            scanner.beginArray();
            while (!hasEnded && scanner.nextElement()) {
                readOne(scanner.value());
            }
            requireEnd(scanner);
        } catch (IOException e) {
            stop(name, e);
        }
    }

    /** Tells the conversations of a document that has one in each line, otherwise as {@link #readList}. */
    public void readLines(String name, Opening document) throws IOException {
        try (var in = watched(document)) {
            var lines = new JsonLines(in);
            for (var line = lines.next(); line != null && !hasEnded; line = lines.next()) {
                readOne(line);
            }
        } catch (IOException e) {
            stop(name, e);
        }
    }

    /** Tells the conversation of a document that has one, otherwise as {@link #readList}. */
    public void readSingle(String name, Opening document) throws IOException {
        try (var in = watched(document)) {
            var scanner = new JsonScanner(in);
            int before = failures;
            readOne(scanner.value());
            if (failures == before) {
                requireEnd(scanner);
            }
        } catch (IOException e) {
            stop(name, e);
        }
    }

    /** Tells a conversation, unless one with the same id was told before. */
    public void tell(SourceConversation conversation) throws IOException {
        if (conversation.id() != null && !told.add(hash(conversation.id()))) {
            return;
        }
        if (++conversations > MOST_CONVERSATIONS) {
            fail("More conversations", "They were left out: a file can have at most " + MOST_CONVERSATIONS + " conversations.");
            hasEnded = true;
            return;
        }
        try {
            sink.add(conversation);
        } catch (IOException e) {
            hasEnded = true;
            throw e;
        }
    }

    /** Tells of something that cannot be read. */
    public void fail(String title, String detail) throws IOException {
        try {
            sink.fail(title, detail);
            if (++failures == MOST_FAILURES) {
                sink.fail("The rest", "Too much of the file cannot be read.");
                hasEnded = true;
            }
        } catch (IOException e) {
            hasEnded = true;
            throw e;
        }
    }

    /** @return whether nothing more is to be told */
    public boolean hasEnded() {
        return hasEnded;
    }

    private void readOne(InputStream value) throws IOException {
        var conversation = read(value); // what it was made of is not in memory any more while it is told
        if (conversation != null) {
            tell(conversation);
        }
    }

    /** @return null where there is nothing to tell, or that was told already */
    private SourceConversation read(InputStream value) throws IOException {
        JsonNode json = null;
        try {
            json = trees.read(value);
            return reader.read(json);
        } catch (UnreadableValueException e) {
            fail(title(e.partial()), e.getMessage());
        } catch (UnreadableException e) {
            if (json == null) {
                throw e; // the document ends
            }
            fail(title(json), e.getMessage());
        } catch (RuntimeException e) {
            log.warn("A conversation of a file cannot be read", e);
            fail(title(json), "It has a form that is not known.");
        }
        return null;
    }

    /** What follows is told, not passed over; and a member of a zip is checked once it is read to its end. */
    private void requireEnd(JsonScanner scanner) throws IOException {
        if (!hasEnded && scanner.peek() >= 0) {
            throw new UnreadableException("What comes after its end was left out.");
        }
    }

    private InputStream watched(Opening document) throws IOException {
        return new WatchedInput(document.open(), () -> {
            try {
                sink.goOn();
            } catch (IOException e) {
                hasEnded = true;
                throw e;
            }
        });
    }

    private void stop(String name, IOException failure) throws IOException {
        if (hasEnded) {
            throw failure;
        }
        fail(name, UnreadableException.sentence(failure));
    }

    private String title(JsonNode json) {
        var title = json == null ? null : Fields.textUnlessBlank(json, "title", "name");
        return title == null ? "Conversation " + (conversations + failures + 1) : title;
    }

    /** Of 64 bits, so that many ids take little room; who makes two of them equal loses one of their own conversations. */
    private static long hash(String id) {
        var digest = UUID.nameUUIDFromBytes(id.getBytes(UTF_8));
        return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
    }
}

package ollamaweb.imports.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader tells of a file. The bytes of files are those that could be read while it was open. */
public class Told implements ConversationSink {

    public final List<SourceConversation> conversations = new ArrayList<>();
    public final Map<String, String> failures = new LinkedHashMap<>();
    public final Map<SourceFile, byte[]> bytes = new HashMap<>();

    /** Reads the file, which the format has to recognize, and closes it. */
    public static Told by(SourceFormat format, ImportFile file) {
        try (file) {
            assertThat(format.recognizes(file)).as("recognized as " + format.name()).isTrue();
            var told = new Told();
            format.read(file, told);
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the format recognizes the file, which is closed then */
    public static boolean isOf(SourceFormat format, ImportFile file) {
        try (file) {
            return format.recognizes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(SourceConversation conversation) throws IOException {
        conversations.add(conversation);
        for (var message : conversation.messages()) {
            for (var file : message.files()) {
                try (var in = file.content().open()) {
                    bytes.put(file, in.readAllBytes());
                }
            }
        }
    }

    @Override
    public void fail(String title, String detail) {
        failures.put(title, detail);
    }

    /** @return the one conversation that was told, without any failure */
    public SourceConversation only() {
        assertThat(failures).isEmpty();
        assertThat(conversations).hasSize(1);
        return conversations.get(0);
    }

    /** @return each message as {@code parent > id role: content}, in the order that they were told */
    public static List<String> lines(SourceConversation conversation) {
        return conversation.messages().stream()
                .map(message -> message.parentId() + " > " + message.id() + " " + message.role() + ": " + message.content())
                .toList();
    }

    public static SourceMessage message(SourceConversation conversation, String id) {
        return conversation.messages().stream().filter(message -> message.id().equals(id)).findFirst().orElseThrow();
    }
}

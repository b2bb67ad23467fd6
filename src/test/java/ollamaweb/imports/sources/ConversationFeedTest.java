package ollamaweb.imports.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ollamaweb.imports.sources.anythingllm.AnythingLlmFormat;
import ollamaweb.imports.sources.chatgpt.ChatGptFormat;
import ollamaweb.imports.sources.lobehub.LobeHubFormat;
import ollamaweb.imports.sources.openwebui.OpenWebUiFormat;
import org.junit.jupiter.api.Test;

class ConversationFeedTest {

    @Test
    void who_wants_no_more_is_told_no_more() throws IOException {
        var chatGpt = "[{\"mapping\": {}}, {\"mapping\": {}}, {\"title\": \"bad\"}]";
        assertStops(new ChatGptFormat(), ImportFile.zip("conversations-000.json", chatGpt, "conversations-001.json", chatGpt));
        assertStops(new OpenWebUiFormat(), ImportFile.of("[{\"chat\": {\"messages\": []}}, {\"chat\": 1}, {\"chat\": {\"messages\": []}}"));
        assertStops(new AnythingLlmFormat(), ImportFile.of("""
                [{"prompt": "Q", "response": "A", "workspace": "v"}, {"prompt": "Q", "response": "A", "workspace": "w"}, 1"""));
        assertStops(new LobeHubFormat(), ImportFile.of("""
                {"mode": "x", "data": {"messages": [{"topicId": "s", "role": "user"}, {"topicId": "t", "role": "user"}, 1"""));
    }

    @Test
    void a_reader_that_fails_costs_one_conversation() throws IOException {
        var told = new Told();
        var feed = new ConversationFeed(told, new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of()), json -> {
            if (json.path("bad").asBoolean()) {
                throw new IllegalStateException("not thought of");
            }
            return new SourceConversation(null, Fields.text(json, "title"), null, null, null, null, false, false, List.of(), null,
                    List.of(),
                    List.of());
        });

        try (var file = ImportFile.of("[{\"title\": \"a\"}, {\"title\": \"b\", \"bad\": true}, {\"title\": \"c\"}]")) {
            feed.readList("The file", file::open);
        }

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("a", "c");
        assertThat(told.failures).containsEntry("b", "It has a form that is not known.").hasSize(1);
    }

    @Test
    void who_wants_no_more_is_asked_while_nothing_is_found_to_tell() throws IOException {
        var sink = new Told() {
            @Override
            public void goOn() throws IOException {
                throw new IOException("Cancelled");
            }
        };
        var spaces = "[" + " ".repeat(20_000_000) + "]";

        try (var file = ImportFile.zip("conversations-000.json", spaces, "conversations-001.json", spaces)) {
            assertThatThrownBy(() -> new ChatGptFormat().read(file, sink)).isInstanceOf(IOException.class).hasMessage("Cancelled");
        }
        assertThat(sink.failures).isEmpty();
    }

    @Test
    void what_comes_after_the_end_is_told() {
        for (var end : List.of("[{\"title\": \"b\"}]", "]", "x")) {
            var told = Told.by(new OpenWebUiFormat(), ImportFile.of("[{\"chat\": {\"messages\": []}}]\n" + end));

            assertThat(told.conversations).hasSize(1);
            assertThat(told.failures).containsExactly(Map.entry("The file", "What comes after its end was left out."));
        }
    }

    private static void assertStops(SourceFormat format, ImportFile file) throws IOException {
        int[] calls = {0};
        var sink = new ConversationSink() {

            @Override
            public void add(SourceConversation conversation) throws IOException {
                calls[0]++;
                throw new IOException("Cancelled");
            }

            @Override
            public void fail(String title, String detail) {
                throw new AssertionError(title + ": " + detail);
            }
        };
        try (file) {
            assertThatThrownBy(() -> format.read(file, sink)).as(format.name()).isInstanceOf(IOException.class).hasMessage("Cancelled");
            assertThat(calls[0]).as(format.name()).isEqualTo(1);
        }
    }
}

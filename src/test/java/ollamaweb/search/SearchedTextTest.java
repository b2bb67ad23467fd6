package ollamaweb.search;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as the same text. Each case has a user of its own on the same server. */
class SearchedTextTest {

    private static final String NOON = "2026-01-01T12:00:00.000Z";
    private static final AtomicInteger USERS = new AtomicInteger();

    @RegisterExtension
    static final TestApp app = new TestApp();

    private final MessageTable messages = new MessageTable(app);
    private Client reader;
    private long conversation;

    @BeforeEach
    void signUp() {
        reader = app.as("reader" + USERS.incrementAndGet());
        conversation = reader.startsConversation("tiny");
    }

    @ParameterizedTest
    @CsvSource({
            "FOX, the fox", "ärger, ÄRGER", "МОСКВА, москва", "Straße, STRASSE", "STRASSE, Straße", "STRAẞE, straße", "ss, ß", "ß, SS",
            "οδος, ΟΔΟΣΗΜΑ", "ΟΔΟΣ, οδός ή οδος", "İstanbul, İSTANBUL", "ısı, ISI", "file, my ﬁle", "և, և", "É, cafe\u0301",
            "cafe\u0301, CAFÉ au lait",
            "한국, 한국", "ज़, ज़मीन", "K, 20 \u212A", "ǅ, ǆ"})
    void case_and_composition_do_not_matter(String query, String content) {
        messages.add(conversation, content, NOON);

        assertThat(search(query)).containsExactly(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"学", "数学", "学を学", "を学ぶ人", "🦊", "🦊🐍", "👩‍🚀", "!", "人。", "。"})
    void any_part_of_a_text_is_found_however_short(String part) {
        messages.add(conversation, "数学を学ぶ🦊🐍を学ぶ人👩‍🚀!人。", NOON);
        messages.add(conversation, "something else", NOON);

        assertThat(search(part)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"", "\"\"", "fox\" OR \"dog", "fox AND dog", "fox OR dog", "NOT fox", "NEAR(fox dog)", "fo*", "*", "-fox", "^fox", "text:fox",
            "%",
            "_", "f_x", "%fox%", "\\", "'", "' OR 1=1 --", "fox;", "(", "{fox}", "+fox", "?1", ":grams", "<grams>", "  "})
    void what_is_searched_is_never_syntax(String query) {
        messages.add(conversation, "the fox and the dog", NOON);
        messages.add(conversation, "before " + query + " after", NOON);

        assertThat(search(query)).containsExactly("before " + query + " after");
    }

    private List<String> search(String query) {
        app.awaitIndexed();
        var answer = reader.post("/api/chat/search", "{\"query\":" + Json.write(query) + "}");
        assertThat(answer).isOk();
        return StreamSupport.stream(answer.json().spliterator(), false).map(hit -> hit.path("content")).map(JsonNode::textValue).toList();
    }
}

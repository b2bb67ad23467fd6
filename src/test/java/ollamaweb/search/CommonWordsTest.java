package ollamaweb.search;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.json.Texts;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches for what is rare and made of what is common. */
class CommonWordsTest {

    private static final String[] WORDS = {"the", "The", "of", "and", "to", "is", "if", "at", "Straße", "another", "than"};
    private static final int LIMIT = 50;

    private static TestApp app;
    private static final List<String> CONTENTS = contents(new Random(3));

    /** Short ones, and each hundredth of some thousand characters. */
    private static List<String> contents(Random random) {
        return IntStream.range(0, 700).mapToObj(i -> {
            var text = new StringBuilder();
            for (int words = i % 100 == 0 ? 1500 : 5 + random.nextInt(30); words > 0; words--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(9) == 0 ? ", " : " ");
            }
            return text.toString();
        }).toList();
    }

    @BeforeAll
    static void start() throws Exception {
        app = TestApp.started();
        new MessageTable(app).addAll(app.as("ada").startsConversation("tiny"), CONTENTS);
        app.awaitIndexed();
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the the", "the the the", "the the the the", "THE the the the the", "the the the the the the the",
            "e the of and",
            "if is at", "if is at, the", "other than", "strasse strasse strasse", "e, t", "ther than th", "an, and, an", "nothing of it",
            "to if to if to",
            "f the the the of", "100% the", "the_the"})
    void it_finds_what_reading_all_messages_finds_and_the_newest_first(String query) {
        var expected = new ArrayList<String>();
        for (int i = CONTENTS.size() - 1; i >= 0 && expected.size() < LIMIT; i--) {
            if (Texts.fold(CONTENTS.get(i)).contains(Texts.fold(query))) {
                expected.add(CONTENTS.get(i));
            }
        }

        assertThat(found("\"query\":" + Json.write(query))).containsExactlyElementsOf(expected);
    }

    @Test
    void phrases_are_found_beside_other_words() {
        var all = CONTENTS.stream().map(Texts::fold).toList();

        assertThat(found("\"mode\":\"words\",\"query\":\"\\\"the the the\\\" strasse -another\""))
                .hasSize((int) Math.min(LIMIT, all.stream().filter(text -> text.matches("(?s).*\\bthe the the\\b.*")
                        && text.contains("strasse") && !text.contains("another")).count()));
        assertThat(found("\"query\":\"the the the\",\"role\":\"tool\"")).isEmpty();
    }

    private static List<String> found(String fields) {
        var answer = app.as("ada").post("/api/chat/search", "{" + fields + "}");
        assertThat(answer).isOk();
        var hits = answer.json().isArray() ? answer.json() : answer.json().path("items");
        return StreamSupport.stream(hits.spliterator(), false).map(hit -> hit.path("content").asText()).toList();
    }
}

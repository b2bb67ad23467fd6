package ollamaweb.search;

import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetTest {

    private static final String FOX = "🦊";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_short_text_is_shown_whole() {
        assertThat(snippet("fox", "the Fox\nand the dog")).isEqualTo("the Fox\nand the dog");
    }

    @Test
    void fifty_characters_on_either_side_are_not_cut() {
        var text = "a".repeat(50) + "fox" + "b".repeat(50);

        assertThat(snippet("fox", text)).isEqualTo(text);
    }

    @Test
    void more_is_cut_where_there_is_more() {
        assertThat(snippet("fox", "a".repeat(51) + "fox" + "b".repeat(50))).isEqualTo("..." + "a".repeat(50) + "fox" + "b".repeat(50));
        assertThat(snippet("fox", "a".repeat(50) + "fox" + "b".repeat(51))).isEqualTo("a".repeat(50) + "fox" + "b".repeat(50) + "...");
    }

    @Test
    void the_first_match_is_shown() {
        assertThat(snippet("fox", "fox" + "-".repeat(60) + "fox")).isEqualTo("fox" + "-".repeat(50) + "...");
    }

    @Test
    void a_character_outside_the_basic_plane_counts_once_and_is_never_split() {
        assertThat(snippet("x", FOX.repeat(51) + "x" + FOX.repeat(51))).isEqualTo("..." + FOX.repeat(50) + "x" + FOX.repeat(50) + "...");
    }

    @Test
    void letters_that_fold_to_several_do_not_shift_it() {
        assertThat(snippet("FOX", "ß".repeat(60) + "fox" + "ﬃ".repeat(60)))
                .isEqualTo("..." + "ß".repeat(50) + "fox" + "ﬃ".repeat(50) + "...");
        assertThat(snippet("fox", "e\u0301".repeat(60) + "fox")).isEqualTo("..." + "e\u0301".repeat(25) + "fox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ß", "ﬃ", "e\u0301", FOX})
    void a_match_far_behind_is_shown_as_one_that_is_near(String odd) {
        var near = Snippet.of(odd.repeat(60) + "fox and dog", "fox");
        for (int length : new int[] {2047, 2048, 4095, 4096, 4097, 4098, 9000, 300_000}) {
            assertThat(Snippet.of(odd.repeat(length) + "fox and dog", "fox")).as("%s times", length).isEqualTo(near);
        }
    }

    @Test
    void a_match_inside_what_folds_to_several_shows_all_of_it() {
        assertThat(snippet("STRASSE", "-".repeat(60) + "Straße" + "-".repeat(60)))
                .isEqualTo("..." + "-".repeat(50) + "Straße" + "-".repeat(50) + "...");
        assertThat(snippet("is", "-".repeat(60) + "ﬁs" + "-".repeat(60))).isEqualTo("..." + "-".repeat(50) + "ﬁs" + "-".repeat(50) + "...");
        assertThat(snippet("CAFÉ", "-".repeat(60) + "cafe\u0301" + "-".repeat(60)))
                .isEqualTo("..." + "-".repeat(50) + "cafe\u0301" + "-".repeat(50) + "...");
    }

    private String snippet(String query, String content) {
        new MessageTable(app).add(app.as("ada").startsConversation("tiny"), content, "2026-01-01T12:00:00.000Z");
        app.awaitIndexed();
        var hits = app.as("ada").post("/api/chat/search", "{\"query\":" + Json.write(query) + ",\"limit\":1}").json();
        return hits.path(0).path("snippet").textValue();
    }
}

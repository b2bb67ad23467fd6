package ollamaweb.search.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import ollamaweb.json.Texts;
import ollamaweb.search.SearchTerms.Term;
import ollamaweb.search.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideGramsTest {

    private static final List<String> PIECES = List.of("the ", "of", " and ", "The", "-", "--------", "\n", "Straße", "STRASSE ", "e\u0301",
            "é", "ﬁnal ", "İ", "😀", "数学を", "한국어 ", "\u1112\u1161\u11ab", "abcdefgh", "12345678 ", "ς ", "Σ", ". ");

    private final Random random = new Random(7);

    @Test
    void a_text_has_all_grams_of_each_part_of_it_however_it_is_divided() {
        for (int i = 0; i < 200; i++) {
            var text = text(random.nextInt(4000));
            var whole = grams(WideGrams.of(text, text.length()));
            var divided = divided(text, (1 + random.nextInt(4)) * WideGrams.BLOCK);
            assertThat(divided).isEqualTo(whole);
            var folded = Texts.fold(text);
            int from = random.nextInt(folded.length() + 1);
            var part = folded.substring(from, Math.min(folded.length(), from + random.nextInt(400)));

            boolean isWhole = Words.isBorder(folded, from) && Words.isBorder(folded, from + part.length());
            assertThat(whole).containsAll(WideGrams.sought(new Term(part, part, isWhole)));
        }
    }

    private String text(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static Set<String> divided(String text, int size) {
        var characters = text.codePoints().toArray();
        var grams = new HashSet<String>();
        for (int from = 0; from < characters.length; from += size) {
            int end = Math.min(characters.length, from + size + WideGrams.OVERLAP);
            grams.addAll(grams(WideGrams.of(new String(characters, from, end - from), size)));
        }
        return grams;
    }

    private static Set<String> grams(String words) {
        return words.isEmpty() ? Set.of() : new HashSet<>(List.of(words.split(" ")));
    }

    @Test
    void a_gram_that_comes_again_is_another_one_up_to_a_limit() {
        var five = sought("the ".repeat(5));
        var six = sought("the ".repeat(6));

        assertThat(five).hasSameSizeAs(six).doesNotContainAnyElementsOf(six);
        assertThat(grams(WideGrams.of("the ".repeat(6), 24))).containsAll(five).containsAll(six);
        assertThat(grams(WideGrams.of("-".repeat(100_000), 100_000))).hasSizeLessThan(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "the", "the ", "e o", "数学を学ぶ人", "日本語の文章"})
    void short_texts_and_those_without_blanks_have_none(String text) {
        assertThat(sought(text)).isEmpty();
    }

    @Test
    void a_whole_word_is_told_from_those_that_it_is_in() {
        var never = grams(WideGrams.of("Never, ever! Nevertheless", 25));

        assertThat(never).containsAll(WideGrams.sought(new Term("ever", "ever", true)))
                .containsAll(WideGrams.sought(new Term("NEVER,", "never,", true)))
                .doesNotContainAnyElementsOf(WideGrams.sought(new Term("ver", "ver", true)));
    }

    private static List<String> sought(String text) {
        return WideGrams.sought(new Term(text, text, false));
    }

    @Test
    void three_letters_or_digits_stand_for_a_gram_and_four_for_a_whole_word() {
        var all = new ArrayList<>(grams(WideGrams.of(text(3000), 3000)));

        assertThat(all).isNotEmpty().allMatch(word -> word.matches("[0-9a-z]{3,4}"));
    }
}

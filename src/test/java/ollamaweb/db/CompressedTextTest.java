package ollamaweb.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.sql.SQLDataException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressedTextTest {

    private static final String TEXT = "Grüße \uD83D\uDC4B, what a long text. ".repeat(3000);

    @Test
    void a_text_comes_back_as_it_was() throws Exception {
        for (var text : new String[] {TEXT, "x".repeat(2049), random(100_000), ""}) {
            assertThat(CompressedText.text(CompressedText.of(text.getBytes(UTF_8)))).isEqualTo(text);
        }
    }

    @Test
    void what_cannot_be_compressed_becomes_hardly_longer() {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);

        assertThat(CompressedText.of(bytes)).hasSizeLessThan(1_001_000);
        assertThat(CompressedText.of(TEXT.getBytes(UTF_8))).hasSizeLessThan(2000);
    }

    @Test
    void a_piece_is_what_the_text_has_there() throws Exception {
        var bytes = TEXT.getBytes(UTF_8);
        var compressed = CompressedText.of(bytes);

        for (int from : new int[] {0, 1, 8191, 8192, 8193, bytes.length - 10, bytes.length - 1}) {
            for (int size : new int[] {1, 9, 10_000, bytes.length}) {
                assertThat(CompressedText.piece(compressed, from, size))
                        .isEqualTo(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
            }
        }
        assertThat(CompressedText.piece(compressed, bytes.length, 10)).isEmpty();
        assertThat(CompressedText.piece(compressed, Long.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void sql_can_read_how_long_a_text_is() {
        assertThat(new String(CompressedText.of(new byte[123_456]), 1, 10, UTF_8)).isEqualTo("0000123456");
    }

    @Test
    void a_damaged_text_is_refused_or_it_is_the_same() throws Exception {
        var text = random(300);
        var compressed = CompressedText.of(text.getBytes(UTF_8));

        for (int i = 0; i < compressed.length; i++) {
            var changed = compressed.clone();
            changed[i] ^= 0x10;
            try {
                assertThat(CompressedText.text(changed)).as("byte " + i).isEqualTo(text); // some bits between two bytes mean nothing
            } catch (SQLDataException damaged) {
                refused(changed);
            }
            refused(Arrays.copyOf(compressed, i));
        }
        refused(Arrays.copyOf(compressed, compressed.length + 1));
    }

    @Test
    void a_text_takes_no_more_memory_than_it_says_and_may_say() {
        var zeros = new byte[CompressedText.LONGEST + 1];
        refused(CompressedText.of(zeros)); // it is of the right form
        refused(of("9999999999", CompressedText.of(zeros)));
        refused(of("0008388608", CompressedText.of(new byte[100])));
        refused(of("0000000099", CompressedText.of(new byte[100])));
        refused(of("0000000101", CompressedText.of(new byte[100])));
        refused(of("-000000100", CompressedText.of(new byte[100])));
    }

    private static byte[] of(String digits, byte[] compressed) {
        var changed = new ByteArrayOutputStream();
        changed.write(1);
        changed.writeBytes(digits.getBytes(UTF_8));
        changed.write(compressed, 11, compressed.length - 11);
        return changed.toByteArray();
    }

    private static void refused(byte[] compressed) {
        assertThatThrownBy(() -> CompressedText.text(compressed)).isInstanceOf(SQLDataException.class).hasMessageContaining("damaged");
        assertThatThrownBy(() -> CompressedText.piece(compressed, 0, Integer.MAX_VALUE)).isInstanceOf(SQLDataException.class);
    }

    private static String random(int length) {
        return new Random(2).ints(length, ' ', 0x2000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

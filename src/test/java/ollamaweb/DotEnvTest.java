package ollamaweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What python-dotenv makes of a file, this makes of it too. */
class DotEnvTest {

    @TempDir
    Path folder;

    @Test
    void a_name_and_a_value() throws Exception {
        assertThat(read("A=b\nB = c d \r\nC=\n\n  D=x=y#z")).isEqualTo(Map.of("A", "b", "B", "c d", "C", "", "D", "x=y#z"));
    }

    @Test
    void comments_stand_after_a_space_or_at_the_beginning() throws Exception {
        assertThat(read("# A=1\n   # B=2\nC=3 # three\nD='4' # four\nE=\"5\" # five\nF=6#6"))
                .isEqualTo(Map.of("C", "3", "D", "4", "E", "5", "F", "6#6"));
    }

    @Test
    void single_quotes_keep_everything_but_the_escaped_quote_and_backslash() throws Exception {
        assertThat(read("A='b c # d'\nB='it\\'s'\nC='a\\nb'\nD='a\\\\b'\nE='two\nlines'"))
                .isEqualTo(Map.of("A", "b c # d", "B", "it's", "C", "a\\nb", "D", "a\\b", "E", "two\nlines"));
    }

    @Test
    void double_quotes_know_escapes() throws Exception {
        assertThat(read("A=\"b # c\"\nB=\"say \\\"hi\\\"\"\nC=\"a\\nb\\tc\"\nD=\"a\\\\\"\nE=\"two\nlines\""))
                .isEqualTo(Map.of("A", "b # c", "B", "say \"hi\"", "C", "a\nb\tc", "D", "a\\", "E", "two\nlines"));
    }

    @Test
    void export_is_left_out_and_a_name_may_be_quoted() throws Exception {
        assertThat(read("export A=b\nexport\tC='d'\n'E F'=g\nexported=yes"))
                .isEqualTo(Map.of("A", "b", "C", "d", "E F", "g", "exported", "yes"));
    }

    @Test
    void a_name_without_a_value_is_unset_and_the_last_of_two_counts() throws Exception {
        assertThat(read("A\nexport B\nC=1\nC=2")).isEqualTo(Map.of("C", "2"));
    }

    @Test
    void values_may_refer_to_others_and_to_the_environment() throws Exception {
        assertThat(read("A=/data\nB=${A}/my.db\nC='${HOME_OF_ADA}'\nD=\"${NONE:-else}${NONE}\"\nE=$A"))
                .isEqualTo(Map.of("A", "/data", "B", "/data/my.db", "C", "/home/ada", "D", "else", "E", "$A"));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_name() throws Exception {
        assertThat(read("\uFEFFA=b")).isEqualTo(Map.of("A", "b"));
    }

    @Test
    void a_line_that_makes_no_sense_is_told_by_its_number() {
        fails("A=1\n\n# two\nSECRET my-secret\n", 4);
        fails("SECRET my-secret", 1);
        fails("A='b' c", 1);
        fails("A=1\r\nB='never ends\nC=2", 2);
        fails("A='two\nlines'\n=x", 3);
    }

    @Test
    void what_is_no_text_is_not_read() throws Exception {
        Files.write(folder.resolve(".env"), new byte[] {'A', '=', (byte) 0xff});
        assertThatThrownBy(() -> DotEnv.read(folder.resolve(".env"), Map.of()))
                .isInstanceOf(DotEnv.Unreadable.class).hasMessage("it is not in UTF-8");
    }

    private void fails(String text, int line) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(DotEnv.Unreadable.class)
                .hasMessage("line " + line + " is neither NAME=value nor a comment after #");
    }

    private Map<String, String> read(String text) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), text);
        return DotEnv.read(file, Map.of("HOME_OF_ADA", "/home/ada"));
    }
}

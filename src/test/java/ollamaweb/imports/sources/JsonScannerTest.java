package ollamaweb.imports.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonScannerTest {

    @Test
    void values_come_whole_wherever_the_buffer_ends() throws IOException {
        var document = "\uFEFF [1, \"a,]\\\"\\\\\" ,{\"b\":[{}, \"}\"]}\n,[[]],true,-1.5e3 , \"漢\"]  ";
        for (int size = 1; size < 20; size++) {
            assertThat(elements(new JsonScanner(new ByteArrayInputStream(document.getBytes(UTF_8)), size)))
                    .containsExactly("1", "\"a,]\\\"\\\\\"", "{\"b\":[{}, \"}\"]}", "[[]]", "true", "-1.5e3", "\"漢\"");
        }
    }

    @Test
    void lists_in_objects_are_gone_into_and_what_is_not_read_is_passed_over() throws IOException {
        var scanner = scanner(
                "{\"skip\": {\"a\": [1, {\"b\": \"]\"}]}, \"d\\u0061ta\": {\"rows\": [10, {\"x\": 2}], \"none\": []}, \"after\": null}");
        scanner.beginObject();
        assertThat(scanner.nextName()).isEqualTo("skip");
        assertThat(scanner.value().read()).isEqualTo('{');
        assertThat(scanner.nextName()).isEqualTo("data");
        scanner.beginObject();
        assertThat(scanner.nextName()).isEqualTo("rows");
        assertThat(elements(scanner)).containsExactly("10", "{\"x\": 2}");
        assertThat(scanner.nextName()).isEqualTo("none");
        assertThat(elements(scanner)).isEmpty();
        assertThat(scanner.nextName()).isNull();
        assertThat(scanner.nextName()).isEqualTo("after");
        assertThat(scanner.value().readAllBytes()).isEqualTo("null".getBytes(UTF_8));
        assertThat(scanner.nextName()).isNull();
    }

    @Test
    void what_is_no_list_is_told_with_its_place() {
        for (var document : List.of("[1 2]", "[,1]", "[1,,2]", "[1}", "{\"a\": 1}", "[{} {}]")) {
            assertThatThrownBy(() -> elements(scanner(document))).as(document).isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("is not valid JSON");
        }
        for (var document : List.of("[", "[1", "[1,", "[\"abc", "[{\"a\": [1}", "[\"\\\"]")) {
            assertThatThrownBy(() -> elements(scanner(document))).as(document).isInstanceOf(UnreadableException.class)
                    .hasMessage("The file ends in the middle.");
        }
    }

    @Test
    void a_value_that_takes_too_much_memory_is_not_read_on() {
        var nodes = "[" + "{},".repeat(1_000_000) + "{}]";
        var trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("skipped"));

        assertThatThrownBy(() -> trees.read(new ByteArrayInputStream(nodes.getBytes(UTF_8)))).isInstanceOf(UnreadableValueException.class)
                .hasMessageMatching("It is larger than the \\d+ MiB that one conversation may be.");
    }

    @Test
    void a_text_whose_characters_take_two_bytes_each_counts_as_that() {
        var text = ("\"" + "言".repeat(1_000_000) + "\",").getBytes(UTF_8);
        var texts = Stream.concat(Stream.of("[".getBytes(UTF_8)), Stream.generate(() -> text).limit(50)).map(ByteArrayInputStream::new)
                .toList();
        var trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of());

        var all = new SequenceInputStream(Collections.enumeration(texts));
        assertThatThrownBy(() -> trees.read(all)).hasMessageMatching("It is larger than the \\d+ MiB that one conversation may be.");
    }

    @Test
    void members_that_are_not_asked_for_cost_nothing() throws IOException {
        var trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("skipped"));
        var json =
                "{\"skipped\": [" + "{},".repeat(1_000_000) + "{}], \"a\": {\"skipped\": \"x\", \"b\": [1.5, 12345678901234567890, NaN]}}";

        var value = trees.read(new ByteArrayInputStream(json.getBytes(UTF_8)));

        assertThat(value.toString()).isEqualTo("{\"a\":{\"b\":[1.5,1.2345678901234567E19,\"NaN\"]}}");
    }

    @Test
    void what_is_not_utf_8_is_told() {
        var trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of());

        assertThatThrownBy(() -> trees.read(new ByteArrayInputStream(new byte[] {'"', (byte) 0xE4, 'x', '"'})))
                .isInstanceOf(UnreadableValueException.class).hasMessage("It is not written in UTF-8.");
    }

    private static JsonScanner scanner(String document) {
        return new JsonScanner(new ByteArrayInputStream(document.getBytes(UTF_8)));
    }

    private static List<String> elements(JsonScanner scanner) throws IOException {
        var elements = new ArrayList<String>();
        scanner.beginArray();
        while (scanner.nextElement()) {
            elements.add(new String(scanner.value().readAllBytes(), UTF_8));
        }
        return elements;
    }
}

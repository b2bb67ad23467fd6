package ollamaweb.testing;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Many cases of one rule that share a server, for a {@code @TestFactory}. */
public final class Cases {

    private Cases() {}

    /** @param table a case on each line, its two words parted by {@code |} */
    public static Stream<DynamicTest> each(String table, BiConsumer<String, String> rule) {
        return table.lines().map(line -> {
            int bar = line.lastIndexOf('|');
            var first = line.substring(0, bar).strip();
            var second = line.substring(bar + 1).strip();
            return DynamicTest.dynamicTest(first + " -> " + second, () -> rule.accept(first, second));
        });
    }
}

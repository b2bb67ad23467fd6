package ollamaweb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code SECURITY.md} says to be held by tests. */
class SecurityReviewTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)`");

    @Test
    void each_test_that_the_review_names_is_there() throws IOException {
        var named = NAMED.matcher(Files.readString(Path.of("SECURITY.md"))).results().map(MatchResult::group)
                .map(name -> name.replace("`", "") + ".java").collect(Collectors.toSet());
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(named).hasSizeGreaterThan(30).isSubsetOf(there);
        }
    }
}

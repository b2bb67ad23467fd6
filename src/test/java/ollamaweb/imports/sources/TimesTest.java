package ollamaweb.imports.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void moments_are_read_as_each_source_writes_them() {
        assertThat(Times.of("2025-11-04T10:00:00.123456Z")).isEqualTo("2025-11-04T10:00:00.123456Z");
        assertThat(Times.of("2025-11-04 11:00:02.5+01:00")).isEqualTo("2025-11-04T10:00:02.500Z");
        assertThat(Times.of("2025-11-04 10:00:02")).isEqualTo("2025-11-04T10:00:02Z");
        assertThat(Times.of("2025-11-04 06:30:02.123456789 -0330 NST m=+0.5")).isEqualTo("2025-11-04T10:00:02.123456789Z");
        assertThat(Times.of("2025-11-04")).isEqualTo("2025-11-04T00:00:00Z");
        assertThat(Times.of("1730714400")).isEqualTo("2024-11-04T10:00:00Z");
        assertThat(Times.seconds(DoubleNode.valueOf(1730714400.5))).isEqualTo("2024-11-04T10:00:00.500Z");
        assertThat(Times.seconds(LongNode.valueOf(1730714400500L))).isEqualTo("2024-11-04T10:00:00.500Z");
        assertThat(Times.milliseconds(LongNode.valueOf(86_400_000))).isEqualTo("1970-01-02T00:00:00Z");
    }

    @Test
    void distant_moments_are_told_and_nonsense_is_none() {
        assertThat(Times.seconds(LongNode.valueOf(0))).isEqualTo(Instant.EPOCH);
        assertThat(Times.of("2262-04-11T23:47:16Z")).isEqualTo("2262-04-11T23:47:16Z");
        assertThat(Times.seconds(DoubleNode.valueOf(Double.POSITIVE_INFINITY))).isAfter("9999-12-31T00:00:00Z");
        assertThat(Times.seconds(DoubleNode.valueOf(-1e300))).isBefore("0000-01-01T00:00:00Z");
        assertThat(Times.seconds(DoubleNode.valueOf(Double.NaN))).isNull();
        for (var nonsense : new String[] {"", "yesterday", "2025-02-31T00:00:00Z", "2025-11-04T25:00:00Z", "2025-11-04T10:00:00+99:99"}) {
            assertThat(Times.seconds(TextNode.valueOf(nonsense))).as(nonsense).isNull();
        }
    }
}

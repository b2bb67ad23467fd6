package ollamaweb.cluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Three servers that have nothing but their database between them. */
@Tag("strain")
@Timeout(60)
class WithoutRedisTest extends SeveralServersTests {

    @Override
    String[] settings() {
        return new String[0];
    }
}

package ollamaweb.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Limit LIMIT = Limit.of("address", 2);

    private long now;
    private final LocalBuckets buckets = new LocalBuckets(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void many_others_do_not_give_anybody_a_new_bucket() {
        takeAll("mine");
        for (int i = 0; i < 2 * LocalBuckets.MOST; i++) {
            takes("other-" + i);
        }

        assertThat(buckets.size()).isEqualTo(LocalBuckets.MOST);
        assertThat(takes("mine")).isFalse();
    }

    @Test
    void who_finds_no_room_has_a_limit_together_with_others() {
        for (int i = 0; i < LocalBuckets.MOST; i++) {
            takes("other-" + i);
        }

        takeAll("late");
        assertThat(takes("late")).isFalse();
    }

    @Test
    void room_is_made_of_what_is_full_again() {
        for (int i = 0; i < LocalBuckets.MOST; i++) {
            takes("other-" + i);
        }
        now += Duration.ofMinutes(1).toNanos();
        takeAll("late");

        assertThat(buckets.size()).isOne();
        assertThat(takes("late")).isFalse();
    }

    @Test
    void others_are_told_of_what_is_half_used_up_and_once() {
        takes("busy");
        takes("busy");
        takes("once-and-again");
        now += Duration.ofMinutes(1).toNanos();
        takes("once-and-again");
        assertThat(told()).isEqualTo(Map.of("once-and-again", 1L));
        assertThat(told()).isEmpty();
    }

    @Test
    void what_others_took_is_gone_here() {
        buckets.takenElsewhere("shared", LIMIT.configuration(), 5);
        assertThat(takes("shared")).isFalse();
        now += Duration.ofSeconds(30).toNanos();
        assertThat(takes("shared")).as("no more than all of it was taken").isTrue();
    }

    private Map<String, Long> told() {
        var told = new HashMap<String, Long>();
        buckets.tell(10, (name, capacity, tokens) -> told.put(name, tokens));
        return told;
    }

    private void takeAll(String name) {
        assertThat(takes(name)).isTrue();
        assertThat(takes(name)).isTrue();
    }

    private boolean takes(String name) {
        var taken = buckets.get(name, LIMIT.configuration());
        boolean there = taken.bucket().tryConsume(1);
        if (there) {
            taken.took();
        }
        return there;
    }
}

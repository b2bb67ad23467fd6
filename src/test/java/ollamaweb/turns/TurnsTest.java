package ollamaweb.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import ollamaweb.Settings;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {

    private static final String HOST = "http://localhost:11434/";

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = Settings.of(Map.of("DATABASE_URL", "jdbc:sqlite:" + folder.resolve("test.db"))).storage().open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_line_is_no_longer_than_a_thousand_and_no_account_has_more_than_half_of_it() {
        var turns = new Turns(database, 1, () -> 1);
        var all = new ArrayList<Turn>();
        all.add(turns.enter(HOST, 1));
        for (int i = 0; i < 500; i++) {
            all.add(turns.enter(HOST, 1));
        }

        assertThatThrownBy(() -> turns.enter(HOST, 1)).isInstanceOfSatisfying(ApiException.class,
                refusal -> assertThat(refusal.status()).isEqualTo(429));
        for (int i = 0; i < 500; i++) {
            all.add(turns.enter(HOST, i + 2));
        }
        assertThatThrownBy(() -> turns.enter(HOST, 1000)).isInstanceOfSatisfying(ApiException.class,
                refusal -> assertThat(refusal.status()).isEqualTo(503));

        all.forEach(Turn::close);
        assertThat(turns.tryBackground(HOST)).isPresent();
    }

    @Test
    void what_nobody_waits_for_leaves_a_turn_to_people_and_goes_last() {
        var turns = new Turns(database, 3, () -> 1);
        var first = turns.tryBackground(HOST);
        var second = turns.tryBackground(HOST);

        assertThat(first).isPresent();
        assertThat(second).isPresent();
        assertThat(turns.tryBackground(HOST)).isEmpty();
        var person = turns.enter(HOST, 1);
        var waiting = turns.enter(HOST, 2);
        var position = new int[1];
        assertThat(person.await(place -> position[0] = place)).isTrue();
        assertThat(position[0]).isZero();

        person.close();
        assertThat(waiting.await(place -> position[0] = place)).isTrue();
        first.orElseThrow().close();
        waiting.close();
        assertThat(turns.tryBackground(HOST)).map(Turn::account).isEqualTo(Optional.of(0L));
    }

    @Test
    void hosts_do_not_wait_for_each_other() {
        var turns = new Turns(database, 1, () -> 1);
        turns.enter(HOST, 1);

        assertThat(turns.enter("http://gpu:11434/", 1).await(place -> {})).isTrue();
    }

    @Test
    void a_turn_that_is_closed_twice_lets_one_other_go() {
        var turns = new Turns(database, 1, () -> 1);
        var first = turns.enter(HOST, 1);
        var second = turns.enter(HOST, 1);
        var third = turns.enter(HOST, 1);

        first.close();
        first.close();

        assertThat(second.await(place -> {})).isTrue();
        third.cancel();
        assertThat(third.await(place -> {})).isFalse();
    }
}

package ollamaweb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import ollamaweb.testing.Await;
import ollamaweb.testing.SampleData;
import ollamaweb.testing.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running server makes a backup each night. */
@Tag("strain")
class NightlyBackupTest extends BackupFolder {

    private final TestClock clock = new TestClock();

    @Test
    void each_night_at_two_there_is_one_more_and_one_that_fails_is_made_an_hour_later() throws Exception {
        SampleData.fill(url("a"));
        var nightly = folder.resolve("nightly");
        try (var job = NightlyBackup.of(SampleData.storage(url("a")), new BackupSettings(nightly, 2, true), "1", clock)) {
            job.start();
            until("01:59");
            Thread.sleep(1500); // it looks each second
            assertThat(nightly).doesNotExist();

            until("02:00");
            awaitNewest(nightly, 1);
            restore().verify(nightly.resolve(names(".zip", nightly).get(0)));

            Files.move(nightly, folder.resolve("away"));
            Files.writeString(nightly, "no folder");
            until("02:00");
            Thread.sleep(1500);
            Files.delete(nightly);
            Files.move(folder.resolve("away"), nightly);
            assertThat(names(".zip", nightly)).hasSize(1);

            until("03:00");
            awaitNewest(nightly, 2);
            until("02:00");
            Await.await(Duration.ofSeconds(30), () -> names(".zip", nightly).stream().anyMatch(name -> name.contains(day())),
                    () -> "no backup of the last night");
            awaitNewest(nightly, 2);
        }
    }

    @Test
    void a_night_without_a_server_is_made_up_for_at_the_start() throws Exception {
        SampleData.fill(url("a"));
        var nightly = folder.resolve("nightly");
        var settings = new BackupSettings(nightly, 5, true);
        until("12:00");
        new Backups(SampleData.storage(url("a")), settings, "1", new PrintStream(PrintStream.nullOutputStream()), false, clock).make();
        try (var job = NightlyBackup.of(SampleData.storage(url("a")), settings, "1", clock)) {
            job.start();
            Thread.sleep(1500); // it looks each second
            assertThat(names(".zip", nightly)).hasSize(1);
        }

        until("09:00");
        try (var job = NightlyBackup.of(SampleData.storage(url("a")), settings, "1", clock)) {
            job.start();
            awaitNewest(nightly, 2);
        }
    }

    private void awaitNewest(Path nightly, int count) {
        Await.await(Duration.ofSeconds(30),
                () -> Files.exists(nightly) && names(".zip", nightly).size() == count && names(".ollama-web-", nightly).isEmpty(),
                () -> "not " + count + " backups");
    }

    /** Turns the clock on to the next such time where this runs. */
    private void until(String time) {
        var now = clock.instant().atZone(ZoneId.systemDefault());
        var then = now.with(LocalTime.parse(time));
        clock.advance(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)));
    }

    private String day() {
        return Backups.MOMENT.format(clock.instant()).substring(0, 8);
    }
}

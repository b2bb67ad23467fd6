package ollamaweb.testing;

import java.util.concurrent.CountDownLatch;
import ollamaweb.App;
import ollamaweb.db.Database;

/** Keeps a server from reading its database. */
final class BusyReaders {

    private BusyReaders() {}

    /** Takes every connection that the server reads with until the latch is down; returns once they are taken. */
    static void take(App app, CountDownLatch until) throws Exception {
        var field = App.class.getDeclaredField("database");
        field.setAccessible(true);
        var database = (Database) field.get(app);
        int readers = Math.max(4, Runtime.getRuntime().availableProcessors());
        var taken = new CountDownLatch(readers);
        for (int i = 0; i < readers; i++) {
            var reader = new Thread(() -> database.read(tx -> {
                taken.countDown();
                return await(until);
            }));
            reader.setDaemon(true);
            reader.start();
        }
        taken.await();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

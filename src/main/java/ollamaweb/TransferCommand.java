package ollamaweb;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.Storage;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.transfer.Accounts;
import ollamaweb.transfer.Transfer;

/** {@code migrate --to}: brings all data into a database of the other kind. */
final class TransferCommand {

    private static final String DATABASE_URL = "DATABASE_URL";

    private TransferCommand() {}

    /**
     * @param settings those of a server, which name the source
     * @param target   where to, as {@code DATABASE_URL} would name it
     * @throws IOException         if a database cannot be used, or the target has other data; the message is one line
     * @throws Settings.BadSetting if one of the two URLs makes no sense
     */
    static void run(Map<String, String> settings, String target) throws IOException {
        var here = Settings.of(settings);
        var source = here.storage();
        var there = target(settings, target);
        if (source instanceof SqliteStorage == there instanceof SqliteStorage) {
            throw new IOException("migrate --to goes from SQLite to PostgreSQL, or back");
        }
        System.out.printf("From %s to %s%n", source.location(), there.location());
        try (var from = source.connectAlone(BackupCommand.backups(here).beforeUpgrade()); var to = open(there)) {
            new Transfer(from, to, System.out, Terminal.isOutput()).run();
        } catch (SQLException e) {
            throw new IOException("the transfer broke off, to go on run it again: " + e.getMessage(), e);
        }
        System.out.printf("All data is in %s. Keys and sessions stay good there with the same SECRET_KEY and JWT_SECRET_KEY;%n"
                + "where these were not set, they are in the files .secret and .jwt.secret beside the SQLite file.%n", there.location());
    }

    private static Storage target(Map<String, String> settings, String url) throws IOException {
        if (url.isBlank()) {
            throw new IOException("--to must name a database");
        }
        var named = new HashMap<>(settings);
        named.put(DATABASE_URL, url);
        try {
            return Settings.of(named).storage();
        } catch (Settings.BadSetting e) {
            throw new IOException(asTarget(e.getMessage()), e);
        }
    }

    private static SingleConnection open(Storage there) throws IOException, SQLException {
        try {
            return there.connectAlone(Accounts.none(there));
        } catch (IOException e) {
            throw new IOException(asTarget(e.getMessage()), e);
        }
    }

    private static String asTarget(String message) {
        return message.replace(DATABASE_URL, "--to");
    }
}

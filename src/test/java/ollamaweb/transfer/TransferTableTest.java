package ollamaweb.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import ollamaweb.Settings;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTableTest {

    @TempDir
    Path folder;

    @Test
    void each_table_goes_along_or_is_left_out_on_purpose() throws Exception {
        Predicate<String> leftOut = name -> name.startsWith("search_") || name.startsWith("sqlite_")
                || List.of("changelog", "servers", "announcements", "model_slots", "model_pulls").contains(name);
        var known = new TreeSet<>(TransferTable.ALL.stream().map(TransferTable::name).toList());

        for (var url : List.of("jdbc:sqlite:" + folder.resolve("a.db"), PostgresServer.newEmptyDatabase())) {
            try (var alone = Settings.of(Map.of("DATABASE_URL", url)).storage().connectAlone(MigrationWork.NONE)) {
                var found = new TreeSet<>(tables(alone.connection()));
                found.removeIf(leftOut);
                assertThat(found).as(url).isEqualTo(known);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var tables = connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}

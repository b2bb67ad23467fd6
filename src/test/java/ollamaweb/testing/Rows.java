package ollamaweb.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Looks into a database, and changes it, behind the server's back: as another program would. */
public final class Rows {

    /** The statements of {@link #joinPaths}. */
    public static final List<String> PATHS = List.of("""
            UPDATE messages SET parent_id = place.parent, depth = place.depth
              FROM (SELECT id, lag(id) OVER path AS parent, row_number() OVER path AS depth
                      FROM messages WINDOW path AS (PARTITION BY conversation_id ORDER BY id)) AS place
             WHERE place.id = messages.id""", """
            UPDATE conversations
               SET current_message_id = (SELECT max(id) FROM messages WHERE conversation_id = conversations.id)""");

    private Rows() {}

    /** @return the one value that the query gives, as text; null if it gives none */
    public static String one(Path database, String query) {
        try (var connection = TestDatabase.connect(database);
                var rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    public static void change(Path database, String statement) {
        try (var connection = TestDatabase.connect(database)) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    /** Changes all of it in one transaction: what the server does every few seconds never sees a part. */
    public static void changeAtOnce(Path database, String... statements) {
        try (var connection = TestDatabase.connect(database)) {
            connection.setAutoCommit(false);
            for (var statement : statements) {
                connection.createStatement().execute(statement);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(String.join(";\n", statements), e);
        }
    }

    /**
     * Has the database refuse some writes, until {@link #allow}.
     *
     * @param event such as {@code UPDATE ON messages}
     * @param when  a condition on the row, NEW; and OLD, where there is one
     */
    public static void refuse(Path database, String event, String when) {
        if (TestDatabase.isPostgres()) {
            change(database, "CREATE OR REPLACE FUNCTION refusal() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN IF " + when
                    + " THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$");
            change(database, "CREATE TRIGGER refusal BEFORE " + event + " FOR EACH ROW EXECUTE FUNCTION refusal()");
        } else {
            change(database, "CREATE TRIGGER refusal BEFORE " + event + " WHEN " + when + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }
    }

    public static void allow(Path database) {
        change(database, TestDatabase.isPostgres() ? "DROP FUNCTION refusal CASCADE" : "DROP TRIGGER refusal");
    }

    /** Makes one path of the messages of each conversation, in their order, where they were written past the server. */
    public static void joinPaths(Path database) {
        PATHS.forEach(statement -> change(database, statement));
    }

    /** Takes the triggers off a table, so that many rows, or giant ones, are written without being indexed. */
    public static void dropTriggers(Path database, String table) {
        if (TestDatabase.isPostgres()) {
            change(database, "ALTER TABLE " + table + " DISABLE TRIGGER USER");
            return;
        }
        for (var name = trigger(database, table); name != null; name = trigger(database, table)) {
            change(database, "DROP TRIGGER " + name);
        }
    }

    private static String trigger(Path database, String table) {
        return one(database, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "' LIMIT 1");
    }
}

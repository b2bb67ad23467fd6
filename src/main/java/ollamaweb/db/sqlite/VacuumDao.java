package ollamaweb.db.sqlite;

import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The pages of the file in which nothing is. */
interface VacuumDao extends SqlObject {

    @SqlQuery("SELECT freelist_count FROM pragma_freelist_count")
    long countFreePages();

    /** @return whether free pages can be taken out some at a time; in a file that older versions made only a rewrite does that */
    @SqlQuery("SELECT auto_vacuum = 2 FROM pragma_auto_vacuum")
    boolean isIncremental();

    /** Takes free pages out, and makes the file so much shorter. A prepared statement would be left in the middle by the driver. */
    default void takeFreePages(int count) {
        try (var statement = getHandle().getConnection().createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + count + ")");
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }
}

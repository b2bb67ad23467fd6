package ollamaweb.db.postgresql;

import java.io.IOException;
import java.sql.SQLException;

/** Why a database cannot be opened, in one line that begins with the setting to change; the password is never in it. */
final class StartFailure {

    private StartFailure() {}

    /** @param e as the driver or a migration threw it */
    static IOException of(Exception e) {
        var sql = PostgresErrors.sqlException(e);
        return new IOException("DATABASE_URL: " + (sql == null ? "the database cannot be used: " + e.getMessage() : reason(sql)), e);
    }

    private static String reason(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "08001", "08004", "08006" -> "PostgreSQL cannot be reached: " + said(e);
            case "28P01", "28000" -> "PostgreSQL refuses the user or the password: " + said(e);
            case "3D000" -> said(e) + "; make it with: createdb NAME";
            case "42501" -> "the user may not do what is needed: " + said(e)
                    + "; as the database's owner or an administrator: CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin;"
                    + " GRANT CREATE ON SCHEMA public TO the user";
            case "0A000", "58P01", "22023" -> "an extension cannot be made: " + said(e);
            case "55P03" -> "another ollama-web has been migrating this database for too long";
            default -> "the database cannot be used: " + said(e);
        };
    }

    private static String said(SQLException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^(FATAL|ERROR): ", "").lines().findFirst().orElse("");
    }
}

package ollamaweb.db.postgresql;

import java.lang.reflect.Type;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import ollamaweb.json.Timestamps;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.util.PGobject;

/**
 * Moments are {@code timestamptz}, in milliseconds as clients see them. The type is told for those that are null too, or
 * PostgreSQL could not know what {@code :end IS NULL} is about.
 */
final class InstantArgument implements ArgumentFactory.Preparable {

    private static final String TYPE = "timestamptz";

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return type == Instant.class
                ? Optional.of(value -> (position, statement, context) -> set(statement, position, (Instant) value))
                : Optional.empty();
    }

    private static void set(PreparedStatement statement, int position, Instant moment) throws SQLException {
        var timestamp = new PGobject();
        timestamp.setType(TYPE);
        timestamp.setValue(moment == null ? null : Timestamps.format(moment));
        statement.setObject(position, timestamp);
    }
}

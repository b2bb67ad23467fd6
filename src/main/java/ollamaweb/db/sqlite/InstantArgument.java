package ollamaweb.db.sqlite;

import java.sql.Types;
import java.time.Instant;
import ollamaweb.json.Timestamps;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Moments are stored as the text that clients see. */
final class InstantArgument extends AbstractArgumentFactory<Instant> {

    InstantArgument() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(Instant moment, ConfigRegistry config) {
        return (position, statement, context) -> statement.setString(position, Timestamps.format(moment));
    }
}

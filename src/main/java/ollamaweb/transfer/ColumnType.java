package ollamaweb.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import ollamaweb.db.CompressedText;
import ollamaweb.db.Dialect;
import ollamaweb.json.Timestamps;

/**
 * What is in a column, which the two kinds of database keep differently: moments are text in SQLite, yes and no are numbers,
 * JSON is text.
 */
enum ColumnType {
    INTEGER,
    REAL,
    TEXT,
    FLAG,
    MOMENT,
    BYTES,
    JSON;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /**
     * @param name as PostgreSQL calls a type
     * @throws IllegalStateException for one that has no counterpart yet
     */
    static ColumnType ofPostgres(String name) {
        return switch (name) {
            case "int2", "int4", "int8", "serial", "bigserial" -> INTEGER;
            case "float8" -> REAL;
            case "text", "varchar" -> TEXT;
            case "bool" -> FLAG;
            case "timestamptz" -> MOMENT;
            case "bytea" -> BYTES;
            case "json", "jsonb" -> JSON;
            default -> throw new IllegalStateException("No type for columns of type " + name);
        };
    }

    /** @return the value in a form that is the same for both kinds of database, or null */
    Object read(ResultSet row, int column, Dialect dialect) throws SQLException {
        var value = switch (this) {
            case INTEGER -> (Object) row.getLong(column);
            case REAL -> (Object) row.getDouble(column);
            case FLAG -> dialect == Dialect.SQLITE ? row.getLong(column) != 0 : row.getBoolean(column);
            case MOMENT -> moment(row, column, dialect);
            case BYTES -> row.getBytes(column);
            case TEXT -> withoutNul(text(row, column, dialect));
            case JSON -> withoutNul(row.getString(column));
        };
        return row.wasNull() ? null : value;
    }

    /** @param value as {@link #read} gave it */
    void write(PreparedStatement statement, int parameter, Object value, Dialect dialect) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, this == MOMENT && dialect == Dialect.POSTGRESQL ? Types.TIMESTAMP_WITH_TIMEZONE : Types.NULL);
            return;
        }
        switch (this) {
            case INTEGER -> statement.setLong(parameter, (Long) value);
            case REAL -> statement.setDouble(parameter, (Double) value);
            case BYTES -> statement.setBytes(parameter, (byte[]) value);
            case TEXT -> statement.setString(parameter, (String) value);
            case JSON -> statement.setString(parameter, dialect == Dialect.SQLITE ? compact((String) value) : (String) value);
            case FLAG -> {
                if (dialect == Dialect.SQLITE) {
                    statement.setInt(parameter, (Boolean) value ? 1 : 0);
                } else {
                    statement.setBoolean(parameter, (Boolean) value);
                }
            }
            case MOMENT -> {
                if (dialect == Dialect.SQLITE) {
                    statement.setString(parameter, Timestamps.format((Instant) value));
                } else {
                    statement.setObject(parameter, ((Instant) value).atOffset(ZoneOffset.UTC));
                }
            }
        }
    }

    /** @return text that is the same for equal values, whichever database they came from */
    String canonical(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value == null || this != JSON) {
            return String.valueOf(value);
        }
        try {
            return MAPPER.writeValueAsString(MAPPER.readValue((String) value, Object.class));
        } catch (JsonProcessingException e) {
            return (String) value;
        }
    }

    /** PostgreSQL puts blanks into JSON; from SQLite it goes to clients as it is. */
    private static String compact(String json) {
        try {
            return MAPPER.readTree(json).toString();
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    private static Object moment(ResultSet row, int column, Dialect dialect) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            var text = row.getString(column);
            return text == null ? null : Timestamps.parse(text);
        }
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String text(ResultSet row, int column, Dialect dialect) throws SQLException {
        boolean isCompressed = dialect == Dialect.SQLITE && row.getObject(column) instanceof byte[];
        return isCompressed ? CompressedText.text(row.getBytes(column)) : row.getString(column);
    }

    /** PostgreSQL has no text with this character in it. */
    private static String withoutNul(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}

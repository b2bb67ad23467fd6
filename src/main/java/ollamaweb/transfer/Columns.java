package ollamaweb.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.db.Dialect;

/**
 * The columns of a table that hold data of their own, as PostgreSQL describes them; SQLite has the same.
 *
 * @param key   which of them make the primary key, in its order
 * @param later which are filled in once all rows of all tables are there
 */
record Columns(String table, List<Column> all, List<String> key, Set<String> later) {

    /** @param sqlType as PostgreSQL calls it */
    record Column(String name, String sqlType, ColumnType type) {}

    static Columns of(Connection postgres, TransferTable table) throws SQLException {
        var metadata = postgres.getMetaData();
        var columns = new ArrayList<Column>();
        try (var rows = metadata.getColumns(null, postgres.getSchema(), table.name(), null)) {
            while (rows.next()) {
                if (!"YES".equals(rows.getString("IS_GENERATEDCOLUMN"))) {
                    var type = rows.getString("TYPE_NAME");
                    columns.add(new Column(rows.getString("COLUMN_NAME"), type, ColumnType.ofPostgres(type)));
                }
            }
        }
        var key = new TreeMap<Integer, String>();
        try (var rows = metadata.getPrimaryKeys(null, postgres.getSchema(), table.name())) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return new Columns(table.name(), List.copyOf(columns), List.copyOf(key.values()), table.later());
    }

    Column column(String name) {
        return all.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
    }

    List<Column> keyColumns() {
        return key.stream().map(this::column).toList();
    }

    boolean hasId() {
        return key.equals(List.of("id")) && column("id").type() == ColumnType.INTEGER;
    }

    /** @return a query for all rows in the order of their keys, or for those after a key, which is then to be bound */
    String select(Dialect dialect, boolean after) {
        var ordered = keyColumns().stream().map(column -> sorted(column, dialect)).collect(Collectors.joining(", "));
        return "SELECT " + names(all) + " FROM " + table
                + (after ? " WHERE (" + ordered + ") > (" + parameters(keyColumns(), dialect) + ")" : "")
                + " ORDER BY " + ordered;
    }

    /** @return a query for the greatest key there is */
    String selectLastKey(Dialect dialect) {
        return "SELECT " + names(keyColumns()) + " FROM " + table + " ORDER BY "
                + keyColumns().stream().map(column -> sorted(column, dialect) + " DESC").collect(Collectors.joining(", ")) + " LIMIT 1";
    }

    String insert(Dialect dialect, List<Column> columns) {
        return "INSERT INTO " + table + " (" + names(columns) + ") VALUES (" + parameters(columns, dialect) + ")";
    }

    /** @return a statement that sets columns of the row with a key, which is bound after them */
    String update(Dialect dialect, List<Column> columns) {
        return "UPDATE " + table + " SET "
                + columns.stream().map(column -> column.name() + " = " + parameter(column, dialect)).collect(Collectors.joining(", "))
                + " WHERE " + keyColumns().stream().map(column -> column.name() + " = " + parameter(column, dialect))
                        .collect(Collectors.joining(" AND "));
    }

    /** @return the places of some columns in a row of {@link #select} */
    List<Integer> places(List<Column> columns) {
        return columns.stream()
                .map(column -> IntStream.range(0, all.size()).filter(i -> all.get(i).equals(column)).findFirst().orElseThrow())
                .toList();
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String parameters(List<Column> columns, Dialect dialect) {
        return columns.stream().map(column -> parameter(column, dialect)).collect(Collectors.joining(", "));
    }

    private static String parameter(Column column, Dialect dialect) {
        return dialect == Dialect.POSTGRESQL && column.type() == ColumnType.JSON ? "CAST(? AS " + column.sqlType() + ")" : "?";
    }

    /** Text is put in order by its bytes, as SQLite does. */
    private static String sorted(Column column, Dialect dialect) {
        return dialect == Dialect.POSTGRESQL && column.type() == ColumnType.TEXT ? column.name() + " COLLATE \"C\"" : column.name();
    }
}

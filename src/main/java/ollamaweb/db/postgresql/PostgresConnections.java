package ollamaweb.db.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The connections to one database: pools for reading and for writing, and single ones for the schema. */
final class PostgresConnections {

    /** How long a caller waits for a connection, and a statement for a lock. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);
    private static final String CONNECT_TIMEOUT_SECONDS = "10";
    /** Longer than any statement may take: a server that is gone without a word is noticed. */
    private static final String SOCKET_TIMEOUT_SECONDS = "60";
    /** Rows that are read one by one come in portions, so that a long conversation is never in memory as a whole. */
    private static final String FETCH_SIZE = "100";

    /** To compile a statement takes longer than any of these runs. */
    private static final String LIMITS = "SET jit = off; SET lock_timeout = '" + PATIENCE.toMillis() + "ms'; SET statement_timeout = '"
            + LONGEST_STATEMENT.toMillis() + "ms'; SET idle_in_transaction_session_timeout = '5min'; SET TIME ZONE 'UTC'";

    private final PostgresUrl url;

    PostgresConnections(PostgresUrl url) {
        this.url = url;
    }

    /**
     * @return a connection for migrations, to be closed by the caller: it waits as long as its statements take, and one that
     *         fails can be followed by others, since whether there is a changelog is found out by asking it
     */
    Connection single() throws SQLException {
        var properties = properties();
        properties.setProperty("autosave", "always");
        return DriverManager.getConnection(url.jdbc(), properties);
    }

    /** @return a connection for copies of whole tables, to be closed by the caller: its statements take as long as they take */
    Connection transferring() throws SQLException {
        return DriverManager.getConnection(url.jdbc(), properties());
    }

    /** @return a pool whose transactions each read one state of the database, to be closed by the caller */
    HikariDataSource readers(int size) {
        var config = config("readers", size);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.addDataSourceProperty("readOnlyMode", "always");
        return new HikariDataSource(config);
    }

    /** @return a pool to be closed by the caller */
    HikariDataSource writers(int size) {
        var config = config("writers", size);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    private HikariConfig config(String name, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url.jdbc());
        config.setDataSourceProperties(properties());
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setConnectionInitSql(LIMITS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private Properties properties() {
        var properties = new Properties();
        if (url.user() != null) {
            properties.setProperty("user", url.user());
        }
        if (url.password() != null) {
            properties.setProperty("password", url.password());
        }
        properties.setProperty("ApplicationName", "ollama-web");
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("defaultRowFetchSize", FETCH_SIZE);
        properties.setProperty("reWriteBatchedInserts", "true");
        url.parameters().forEach(properties::setProperty);
        return properties;
    }
}

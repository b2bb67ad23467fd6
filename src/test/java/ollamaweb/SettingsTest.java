package ollamaweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import ollamaweb.auth.SetupMode;
import ollamaweb.db.Secrets;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SettingsTest {

    @Test
    void without_any_variable_the_defaults_hold() {
        var settings = Settings.of(Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.storage())
                .isEqualTo(new SqliteStorage(Path.of("./ollama_web.db"), Synchronous.FULL, new Secrets(null, null)));
        assertThat(settings.ollamaUrl()).hasToString("http://localhost:11434/");
        assertThat(settings.streamIdleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.refreshTokenLifetime()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.setupMode()).isEqualTo(SetupMode.OPEN);
        assertThat(settings.corsOrigins()).containsExactly("http://localhost:5173");
        assertThat(settings.logLevel()).isEqualTo(Level.INFO);
        assertThat(settings.logFolder()).isEqualTo(Path.of("logs"));
        assertThat(settings.redisUrl()).isNull();
    }

    @Test
    void an_empty_variable_counts_as_unset_and_blanks_around_a_value_do_not_count() {
        assertThat(Settings.of(Map.of("PORT", "", "HOST", " ")).port()).isEqualTo(8000);
        assertThat(Settings.of(Map.of("PORT", " 80 ")).port()).isEqualTo(80);
    }

    @Test
    void each_variable_is_read() {
        var settings = Settings.of(Map.ofEntries(
                Map.entry("HOST", "0.0.0.0"), Map.entry("PORT", "0"), Map.entry("DB_SYNCHRONOUS", "normal"),
                Map.entry("OLLAMA_URL", "https://models.lan/ollama/"), Map.entry("OLLAMA_STREAM_IDLE_TIMEOUT", "5"),
                Map.entry("SECRET_KEY", "s3cret"), Map.entry("JWT_SECRET_KEY", "x".repeat(32)),
                Map.entry("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "1"), Map.entry("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "30"),
                Map.entry("LOG_DIR", "/var/log/ollama-web"), Map.entry("REDIS_URL", "redis://localhost")));

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isZero();
        assertThat(settings.storage()).isEqualTo(
                new SqliteStorage(Path.of("./ollama_web.db"), Synchronous.NORMAL, new Secrets("s3cret", "x".repeat(32))));
        assertThat(settings.ollamaUrl()).hasToString("https://models.lan/ollama");
        assertThat(settings.streamIdleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.refreshTokenLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.logFolder()).isEqualTo(Path.of("/var/log/ollama-web"));
        assertThat(settings.redisUrl()).hasToString("redis://localhost");
    }

    @ParameterizedTest
    @CsvSource({
            "sqlite:///./data/my.db, ./data/my.db",
            "sqlite:////srv/my.db, /srv/my.db",
            "jdbc:sqlite:my.db, my.db",
            "jdbc:sqlite:/srv/my.db, /srv/my.db"})
    void a_database_url_has_the_form_of_the_seeds_or_of_jdbc(String url, Path file) {
        assertThat(Settings.of(Map.of("DATABASE_URL", url)).storage())
                .isEqualTo(new SqliteStorage(file, Synchronous.FULL, new Secrets(null, null)));
    }

    @Test
    void a_database_url_may_name_postgresql_and_no_text_of_the_settings_shows_its_password() {
        var settings = Settings.of(Map.of("DATABASE_URL", "postgres://ada:s3cret@db.lan/chat?sslmode=require", "DB_POOL_SIZE", "20",
                "SECRET_KEY", "k3y", "JWT_SECRET_KEY", "t0ken".repeat(8)));

        assertThat(settings.storage().location()).isEqualTo("postgresql://ada@db.lan/chat");
        assertThat(settings.toString()).doesNotContain("s3cret", "k3y", "t0ken");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, OPEN", "localhost, OPEN", "::1, OPEN", "0.0.0.0, FIRST", "192.168.1.5, FIRST", "my.host, FIRST"})
    void setup_is_open_to_all_only_where_none_but_the_machine_itself_can_reach_it(String host, SetupMode mode) {
        assertThat(Settings.of(Map.of("HOST", host)).setupMode()).isEqualTo(mode);
        assertThat(Settings.of(Map.of("HOST", host, "SETUP_MODE", "Closed")).setupMode()).isEqualTo(SetupMode.CLOSED);
    }

    @Test
    void lists_are_json_arrays_or_separated_by_commas() {
        for (var list : List.of("http://a.lan,https://b.lan:8443", " http://a.lan , https://b.lan:8443 ,",
                "[\"http://a.lan\",\"https://b.lan:8443\"]", "[ \"HTTP://A.lan\", \" https://b.lan:8443 \" ]")) {
            assertThat(Settings.of(Map.of("CORS_ORIGINS", list)).corsOrigins()).containsExactly("http://a.lan", "https://b.lan:8443");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPU.lan, [fd00::1], fd00::2", "[fd00::1]", "[\"GPU.lan\",\"fd00::1\",\"[fd00::2]:11434\"]"})
    void allowed_hosts_that_are_named_take_the_place_of_loopback_but_not_of_the_servers_own(String hosts) {
        var allowed = Settings.of(Map.of("OLLAMA_ALLOWED_HOSTS", hosts, "OLLAMA_URL", "http://10.0.0.7:8080")).ollamaHosts();

        assertThat(allowed.allow(HttpUrl.get("http://10.0.0.7:8080"))).isTrue();
        assertThat(allowed.allow(HttpUrl.get("http://[fd00::1]:11434"))).isTrue();
        assertThat(allowed.allow(HttpUrl.get("http://localhost:11434"))).isFalse();
        assertThat(allowed.allow(HttpUrl.get("http://10.0.0.7:11434"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu.lan/ollama", "http://gpu.lan", "*", "*.lan", ".lan", "10.0.0.0/8", "10.0.0.1-10.0.0.9", "10.0.0.1-9",
            "10.0.0.*", "10.0.0", "10.0.0.256", "gpu.lan:", "gpu.lan:0", "gpu.lan:70000", "gpu.lan:1-9", "gpu.lan:http", "gpu[1-4].lan",
            "fd00::/8", "[fd00::1", "[fd00::1]-[fd00::9]", "user@gpu.lan", "gpu lan", "gpu.lan?x", "gpu.lan#x", "fe80::1%eth0",
            "169.254.169.254", "[fd00:ec2::254]:80", "[64:ff9b::a9fe:a9fe]", "100.100.100.200", "168.63.129.16:11434"})
    void an_allowed_host_that_can_match_nothing_stops_the_start(String entry) {
        assertThatExceptionOfType(Settings.BadSetting.class)
                .isThrownBy(() -> Settings.of(Map.of("OLLAMA_ALLOWED_HOSTS", "localhost," + entry)))
                .withMessageMatching("OLLAMA_ALLOWED_HOSTS must list hosts such as [^\\n]+: " + Pattern.quote(entry));
    }

    @ParameterizedTest
    @CsvSource({"debug, DEBUG", "WARNING, WARN", "warn, WARN", "Error, ERROR", "CRITICAL, ERROR", "TRACE, TRACE"})
    void log_levels_may_be_named_as_in_java_or_in_python(String name, Level level) {
        assertThat(Settings.of(Map.of("LOG_LEVEL", name)).logLevel()).isEqualTo(level);
    }

    @Test
    void several_ollamas_are_listed_by_comma_and_accounts_may_lead_to_each() {
        var settings = Settings.of(Map.of("OLLAMA_URL", "http://one.lan:11434, http://two.lan:8080,http://one.lan:11434"));

        assertThat(settings.ollamaUrls()).extracting(HttpUrl::toString).containsExactly("http://one.lan:11434/", "http://two.lan:8080/");
        assertThat(settings.ollamaUrl().host()).isEqualTo("one.lan");
        assertThat(settings.ollamaHosts().allow(HttpUrl.get("http://two.lan:8080"))).isTrue();
    }

    @Test
    void a_key_or_a_url_makes_an_upstream_for_everybody_whose_key_no_text_of_the_settings_shows() {
        var settings = Settings.of(Map.of("OPENAI_API_KEY", "sk-very-secret", "ANTHROPIC_BASE_URL", "http://proxy.lan:8080"));

        assertThat(settings.upstreams()).extracting(upstream -> upstream.name() + " " + upstream.url() + " " + upstream.key())
                .containsExactly("openai https://api.openai.com/v1 sk-very-secret", "anthropic http://proxy.lan:8080/ null");
        assertThat(settings.toString()).doesNotContain("sk-very-secret");
        assertThat(Settings.of(Map.of()).upstreams()).isEmpty();
    }

    @Test
    void debug_lowers_the_log_level_that_is_not_set() {
        assertThat(Settings.of(Map.of("DEBUG", "true")).logLevel()).isEqualTo(Level.DEBUG);
        assertThat(Settings.of(Map.of("DEBUG", "1", "LOG_LEVEL", "ERROR")).logLevel()).isEqualTo(Level.ERROR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
            "PORT 65536", "PORT -1", "PORT 80.5", "PORT eighty",
            "DATABASE_URL postgresql://localhost", "DATABASE_URL mysql://localhost/db", "DB_POOL_SIZE 3", "DATABASE_URL my.db",
            "DATABASE_URL sqlite:///", "DATABASE_URL jdbc:sqlite::memory:",
            "DATABASE_URL jdbc:sqlite:my.db?mode=ro", "DB_SYNCHRONOUS OFF",
            "OLLAMA_URL localhost:11434", "OLLAMA_URL ftp://localhost", "OLLAMA_URL http://user:pass@localhost",
            "OLLAMA_URL http://localhost/?a=b",
            "OLLAMA_ALLOWED_HOSTS [1]x", "OLLAMA_ALLOWED_HOSTS [null]", "OLLAMA_STREAM_IDLE_TIMEOUT 0", "OLLAMA_STREAM_IDLE_TIMEOUT 10m",
            "JWT_SECRET_KEY short", "JWT_ACCESS_TOKEN_EXPIRE_MINUTES 0", "JWT_REFRESH_TOKEN_EXPIRE_DAYS -7",
            "SETUP_MODE everyone", "CORS_ORIGINS *", "CORS_ORIGINS http://*.lan", "CORS_ORIGINS http://a.lan/",
            "CORS_ORIGINS http://a.lan/path",
            "CORS_ORIGINS [null]", "CORS_ORIGINS [", "CORS_ORIGINS a.lan", "LOG_LEVEL LOUD", "DEBUG perhaps", "INSIGHT_WORKERS 0"})
    void a_bad_value_is_refused_in_one_line_that_names_the_variable(String name, String value) {
        assertThatExceptionOfType(Settings.BadSetting.class)
                .isThrownBy(() -> Settings.of(Map.of(name, value)))
                .withMessageStartingWith(name + " must ")
                .withMessageMatching("[^\\n]+");
    }

    @Test
    void a_bad_secret_is_not_repeated() {
        assertThatExceptionOfType(Settings.BadSetting.class)
                .isThrownBy(() -> Settings.of(Map.of("JWT_SECRET_KEY", "my-short-secret")))
                .withMessageNotContaining("my-short-secret");
    }
}

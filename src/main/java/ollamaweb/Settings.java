package ollamaweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import ollamaweb.auth.SetupMode;
import ollamaweb.backup.BackupSettings;
import ollamaweb.cluster.RedisUrl;
import ollamaweb.db.Secrets;
import ollamaweb.db.Storage;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.files.FileLimits;
import ollamaweb.http.AllowedHosts;
import ollamaweb.http.Cors;
import ollamaweb.http.HttpSettings;
import ollamaweb.http.TrustedProxies;
import ollamaweb.json.Json;
import ollamaweb.limits.RateLimits;
import ollamaweb.log.LogFormat;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.upstreams.FixedUpstream;
import org.slf4j.event.Level;

/**
 * Everything that can be set from outside, checked; {@code .env.example} explains each.
 *
 * @param storage           the database, and the secrets that belong to it
 * @param ollamaUrls        the Ollamas of new accounts, which stand for each other
 * @param upstreams         servers with models for everybody, beside Ollama
 * @param ollamaHosts       where a user's {@code ollama_url} may lead
 * @param ollamaParallel    how many answers are made at a host at the same time
 * @param streamIdleTimeout how long a model may be silent before its answer is given up
 * @param maxAnswerBytes    how long an answer may become, as UTF-8, before it is ended
 * @param maxConversationMessages how many messages a conversation can have
 * @param contextMessages   how many messages a model gets to read where an account has not said
 * @param trashTime         how long conversations stay in the trash
 * @param auditTime         how long entries of the audit log stay
 * @param fileLimits        how large files may be that come with messages
 * @param maxImportBytes    how large a file with conversations may be that is imported
 * @param backups           where they go, and how many are kept
 * @param metricsToken      who has it may read the metrics from anywhere, or null
 * @param redisUrl          what carries news between several servers, or null
 * @param insightWorkers    how many insights are written at a time
 * @param trustedProxies    whose {@code X-Forwarded-For} is believed
 * @param allowedHosts      the names the server answers to
 * @param maxConnections    how many connections it holds at a time
 * @param rateLimits        how many requests are answered within a minute
 */
public record Settings(
        String host,
        int port,
        Storage storage,
        List<HttpUrl> ollamaUrls,
        List<FixedUpstream> upstreams,
        UpstreamHosts ollamaHosts,
        int ollamaParallel,
        Duration streamIdleTimeout,
        int maxAnswerBytes,
        int maxConversationMessages,
        int contextMessages,
        Duration trashTime,
        Duration auditTime,
        FileLimits fileLimits,
        long maxImportBytes,
        BackupSettings backups,
        Duration accessTokenLifetime,
        Duration refreshTokenLifetime,
        SetupMode setupMode,
        List<String> corsOrigins,
        Level logLevel,
        LogFormat logFormat,
        Path logFolder,
        String metricsToken,
        URI redisUrl,
        int insightWorkers,
        TrustedProxies trustedProxies,
        AllowedHosts allowedHosts,
        int maxConnections,
        RateLimits rateLimits) {

    private static final int MIN_SECRET_BYTES = 32;
    /** An IPv6 address begins with a bracket, too. */
    private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*[\"\\]]");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    /** A setting that cannot be used; the message names the variable. */
    public static final class BadSetting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadSetting(String name, String problem) {
            super(name + " " + problem);
        }
    }

    /**
     * @param values variable names and their values; an empty value counts as unset
     * @throws BadSetting if one of them cannot be used
     */
    public static Settings of(Map<String, String> values) {
        var read = new SettingsReader(values);
        var host = read.text("HOST", "127.0.0.1");
        var ollamaUrls = read.parsed("OLLAMA_URL", "http://localhost:11434", text -> UpstreamSettings.ollamas(items(text)));
        boolean debug = read.flag("DEBUG", false);
        return new Settings(
                host,
                read.number("PORT", 8000, 0, 65535),
                storage(read, "DATABASE_URL"),
                ollamaUrls,
                UpstreamSettings.of(read),
                read.parsed("OLLAMA_ALLOWED_HOSTS", "[]", hosts -> UpstreamHosts.of(items(hosts), ollamaUrls)),
                read.number("OLLAMA_PARALLEL", 4, 1, 10_000),
                Duration.ofSeconds(read.number("OLLAMA_STREAM_IDLE_TIMEOUT", 600, 1, 86_400)),
                read.number("MAX_ANSWER_BYTES", 4 * 1024 * 1024, 1024, 256 * 1024 * 1024),
                read.number("MAX_CONVERSATION_MESSAGES", 50_000, 2, 10_000_000),
                read.number("CONTEXT_MESSAGES", 20, 1, 1000),
                Duration.ofDays(read.number("TRASH_DAYS", 30, 1, 36_500)),
                Duration.ofDays(read.number("AUDIT_DAYS", 365, 1, 36_500)),
                new FileLimits(read.bytes("MAX_FILE_BYTES", 20L * 1024 * 1024, 1024L * 1024 * 1024),
                        read.bytes("MAX_ACCOUNT_FILE_BYTES", 1024L * 1024 * 1024, Long.MAX_VALUE / 2)),
                read.bytes("MAX_IMPORT_BYTES", 2L * 1024 * 1024 * 1024, 1024L * 1024 * 1024 * 1024),
                new BackupSettings(read.parsed("BACKUP_DIR", null, Path::of), read.number("BACKUP_KEEP", 14, 1, 10_000),
                        read.flag("BACKUP_BEFORE_UPGRADE", true)),
                Duration.ofMinutes(read.number("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", 15, 1, 60 * 24 * 365)),
                Duration.ofDays(read.number("JWT_REFRESH_TOKEN_EXPIRE_DAYS", 7, 1, 3650)),
                read.choice("SETUP_MODE", LOOPBACK.contains(host) ? SetupMode.OPEN : SetupMode.FIRST, SetupMode.class),
                read.parsed("CORS_ORIGINS", "http://localhost:5173", Settings::origins),
                read.parsed("LOG_LEVEL", debug ? "DEBUG" : "INFO", Settings::level),
                read.choice("LOG_FORMAT", LogFormat.TEXT, LogFormat.class),
                read.parsed("LOG_DIR", "logs", Path::of),
                read.parsed("METRICS_TOKEN", null, Settings::metricsToken),
                read.parsed("REDIS_URL", null, RedisUrl::parse),
                read.number("INSIGHT_WORKERS", 1, 1, 16),
                read.parsed("TRUSTED_PROXIES", "", text -> TrustedProxies.of(items(text))),
                read.parsed("ALLOWED_HOSTS", "", text -> AllowedHosts.of(items(text))),
                read.number("MAX_CONNECTIONS", 10_000, 1, 1_000_000),
                new RateLimits(read.flag("RATE_LIMIT_ENABLED", true), read.number("RATE_LIMIT_PER_MINUTE", 600, 1, 1_000_000),
                        read.number("RATE_LIMIT_ANONYMOUS_PER_MINUTE", 60, 1, 1_000_000),
                        read.number("RATE_LIMIT_CHAT_PER_MINUTE", 60, 1, 1_000_000)));
    }

    /**
     * @param url of a database, as {@code DATABASE_URL} may have it
     * @throws BadSetting if it cannot be used
     */
    static Storage storage(String url) {
        return storage(new SettingsReader(Map.of("--to", url)), "--to");
    }

    /** @param name of the variable that has the URL */
    private static Storage storage(SettingsReader read, String name) {
        var secrets = new Secrets(read.text("SECRET_KEY", null), read.parsed("JWT_SECRET_KEY", null, Settings::jwtSecret));
        var synchronous = read.choice("DB_SYNCHRONOUS", Synchronous.FULL, Synchronous.class);
        int poolSize = read.number("DB_POOL_SIZE", 10, 4, 500);
        return read.parsed(name, "sqlite:///./ollama_web.db", url -> DatabaseUrl.storage(url, synchronous, poolSize, secrets));
    }

    private static String jwtSecret(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        return secret;
    }

    private static String metricsToken(String token) {
        if (!token.matches("[!-~]{16,1000}")) {
            throw new IllegalArgumentException("must have at least 16 characters, of ASCII and without spaces");
        }
        return token;
    }

    /** @return the first of the Ollamas, by which all are known */
    public HttpUrl ollamaUrl() {
        return ollamaUrls.get(0);
    }

    private static List<String> origins(String text) {
        return items(text).stream().map(origin -> {
            var url = HttpUrl.parse(origin);
            if (url == null || origin.contains("*") || !url.encodedPath().equals("/") || origin.endsWith("/")) {
                throw new IllegalArgumentException("must list origins like http://localhost:5173, without wildcard or path");
            }
            return origin.toLowerCase(Locale.ROOT);
        }).toList();
    }

    private static Level level(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TRACE" -> Level.TRACE;
            case "DEBUG" -> Level.DEBUG;
            case "INFO" -> Level.INFO;
            case "WARN", "WARNING" -> Level.WARN;
            case "ERROR", "CRITICAL" -> Level.ERROR;
            default -> throw new IllegalArgumentException("must be one of DEBUG, INFO, WARNING, ERROR");
        };
    }

    /** A list as JSON array or separated by commas. */
    private static List<String> items(String text) {
        var items = JSON_ARRAY.matcher(text).lookingAt() ? array(text) : text.split(",");
        return Arrays.stream(items).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    private static String[] array(String json) {
        try {
            var items = Json.MAPPER.readValue(json, String[].class);
            if (!Arrays.asList(items).contains(null)) {
                return items;
            }
        } catch (JsonProcessingException notAnArray) {
            // What is wrong with it is said below.
        }
        throw new IllegalArgumentException("must be a JSON array of strings or a list separated by commas");
    }

    /** @return how it listens, and to whom */
    public HttpSettings http() {
        return new HttpSettings(host, port, new Cors(corsOrigins), trustedProxies, allowedHosts, maxConnections);
    }
}

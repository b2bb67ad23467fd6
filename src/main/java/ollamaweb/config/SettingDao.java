package ollamaweb.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import ollamaweb.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(SettingDao.Setting.class)
public interface SettingDao {

    /** {@code "fit"}: a model gets as many messages to read as fit its context. */
    String CONTEXT = "context";

    /** How many messages a model gets to read. */
    String CONTEXT_MESSAGES = "context_messages";

    /** When the account gets a daily insight by itself. */
    String INSIGHTS_DAILY = "insights.daily";

    /** When the account gets a weekly insight by itself. */
    String INSIGHTS_WEEKLY = "insights.weekly";

    /** @param value the setting as JSON text */
    record Setting(String key, String value) {}

    @SqlQuery("""
        SELECT key, value
          FROM settings
         WHERE user_id = :userId
         ORDER BY id""")
    List<Setting> list(long userId);

    @SqlQuery("""
        SELECT value
          FROM settings
         WHERE user_id = :userId AND key = :key""")
    Optional<String> find(long userId, String key);

    /** @return the model that answers where a request names none */
    default Optional<String> findDefaultModel(long userId) {
        return find(userId, "default_model")
                .map(json -> Json.read(json, JsonNode.class))
                .filter(setting -> setting.isTextual() && !setting.textValue().isBlank())
                .map(JsonNode::textValue);
    }

    @SqlQuery("SELECT COUNT(*) FROM settings WHERE user_id = :userId")
    int count(long userId);

    @SqlUpdate("""
        INSERT INTO settings (user_id, key, value)
        VALUES (:userId, :key, CAST(:value AS <json>))
        ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value""")
    void put(long userId, String key, String value);

    @SqlUpdate("DELETE FROM settings WHERE user_id = :userId AND key = :key")
    boolean delete(long userId, String key);
}

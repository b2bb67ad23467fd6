package ollamaweb.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ollamaweb.http.Check;
import ollamaweb.json.Json;
import ollamaweb.json.Texts;

/** Body of {@code POST /api/config/save}: settings to merge, a null removing its key; an account has at most 200. */
record ConfigDraft(String ollamaUrl, Map<String, JsonNode> settings) {

    static final int MAX_KEYS = 200;
    private static final int MAX_KEY = 100;
    private static final int MAX_CONTEXT_MESSAGES = 1000;
    private static final Map<String, String> KNOWN = Map.of(
            SettingDao.CONTEXT, "must be fit or messages",
            SettingDao.CONTEXT_MESSAGES, "must be a whole number from 1 to " + MAX_CONTEXT_MESSAGES,
            SettingDao.INSIGHTS_DAILY, "must be a time of day such as 07:00",
            SettingDao.INSIGHTS_WEEKLY, "must be a day and a time such as MON 07:00");
    private static final int MAX_VALUE_BYTES = 64 * 1024;

    ConfigDraft {
        settings = settings == null ? Map.of() : settings;
        long removed = settings.values().stream().filter(JsonNode::isNull).count();
        Check.body()
                .that(settings.size() - removed <= MAX_KEYS, "settings", "at most " + MAX_KEYS + " keys can be kept", "value_error")
                .that(removed <= MAX_KEYS, "settings", "at most " + MAX_KEYS + " keys can be removed at once", "value_error")
                .orThrow();
        var check = Check.body();
        settings.forEach((key, value) -> {
            check.that(!key.isEmpty() && Texts.length(key) <= MAX_KEY && Texts.isKeepable(key), "settings",
                    "keys must have 1 to " + MAX_KEY + " characters", "value_error");
            var json = Json.write(value);
            check.that(json.getBytes(StandardCharsets.UTF_8).length <= MAX_VALUE_BYTES, "settings",
                    "the value of '" + key + "' is larger than " + MAX_VALUE_BYTES + " bytes", "value_error");
            check.that(isKnownOrFree(key, value), "settings", "'" + key + "' " + KNOWN.get(key), "value_error");
            check.that(isKeepable(value), "settings",
                    "the value of '" + key + "' must not contain U+0000 or unpaired surrogates", "value_error");
        });
        check.orThrow();
    }

    /** Most settings are the page's own; those that the server acts on have to be what it takes. */
    private static boolean isKnownOrFree(String key, JsonNode value) {
        return value.isNull() || switch (key) {
            case SettingDao.CONTEXT -> value.isTextual() && (value.textValue().equals("fit") || value.textValue().equals("messages"));
            case SettingDao.CONTEXT_MESSAGES ->
                value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 1 && value.intValue() <= MAX_CONTEXT_MESSAGES;
            case SettingDao.INSIGHTS_DAILY -> InsightTime.daily(value).isPresent();
            case SettingDao.INSIGHTS_WEEKLY -> InsightTime.weekly(value).isPresent();
            default -> true;
        };
    }

    private static boolean isKeepable(JsonNode value) {
        if (value.isTextual()) {
            return Texts.isKeepable(value.textValue());
        }
        for (var name = value.fieldNames(); name.hasNext();) {
            if (!Texts.isKeepable(name.next())) {
                return false;
            }
        }
        for (var child : value) {
            if (!isKeepable(child)) {
                return false;
            }
        }
        return true;
    }
}

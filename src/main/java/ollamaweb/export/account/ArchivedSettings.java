package ollamaweb.export.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ollamaweb.config.SettingDao;
import ollamaweb.db.Transaction;
import ollamaweb.json.Json;
import ollamaweb.users.TimeZoneDao;

/**
 * The settings of an account, in {@code settings.json}.
 *
 * @param timezone where its user lives
 * @param settings a JSON object
 * @param count    how many there are in it
 */
record ArchivedSettings(String timezone, @JsonRawValue String settings, @JsonIgnore long count) {

    /** Settings are the page's own and free: what by its name is a secret does not leave the server. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(api[_-]?key|secret|passw|credential|(access|auth|bearer|refresh)[_-]?token).*");

    static ArchivedSettings of(Transaction tx, long userId) {
        var settings = tx.dao(SettingDao.class).list(userId).stream().filter(setting -> !SECRET.matcher(setting.key()).matches()).toList();
        var zone = tx.dao(TimeZoneDao.class).find(userId).map(Object::toString).orElse("UTC");
        return new ArchivedSettings(zone, object(settings), settings.size());
    }

    private static String object(List<SettingDao.Setting> settings) {
        return settings.stream()
                .map(setting -> Json.write(setting.key()) + ":" + setting.value())
                .collect(Collectors.joining(",", "{", "}"));
    }
}

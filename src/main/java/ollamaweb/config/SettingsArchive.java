package ollamaweb.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.json.Json;
import ollamaweb.users.TimeZoneDao;

/** The settings of an export on their way into an account. */
public final class SettingsArchive {

    private SettingsArchive() {}

    /**
     * What became of them.
     *
     * @param set     the keys that the account has now and had not before
     * @param refused the keys whose values no account can have
     */
    public record Outcome(List<String> set, List<String> refused) {}

    /**
     * Sets those that the account has not set otherwise.
     *
     * @param settings a JSON object
     * @param dryRun   whether nothing is to be written
     */
    public static Outcome merge(Transaction tx, long userId, JsonNode settings, boolean dryRun) {
        var dao = tx.dao(SettingDao.class);
        var outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        int room = ConfigDraft.MAX_KEYS - dao.count(userId);
        for (var entry : settings.properties()) {
            if (!isPermitted(entry.getKey(), entry.getValue())) {
                outcome.refused().add(entry.getKey());
            } else if (outcome.set().size() < room && dao.find(userId, entry.getKey()).isEmpty()) {
                outcome.set().add(entry.getKey());
                if (!dryRun) {
                    dao.put(userId, entry.getKey(), Json.write(entry.getValue()));
                }
            }
        }
        return outcome;
    }

    /**
     * Has the user live where the export says, unless they have said where they live.
     *
     * @param zone the name of a time zone; what is none is passed over
     * @return whether they live elsewhere now, or would
     */
    public static boolean move(Transaction tx, long userId, String zone, boolean dryRun) {
        if (zone == null || !ZoneId.getAvailableZoneIds().contains(zone)) {
            return false;
        }
        var dao = tx.dao(TimeZoneDao.class);
        boolean isUnknown = !zone.equals("UTC") && dao.find(userId).filter(now -> now.getId().equals("UTC")).isPresent();
        return isUnknown && (dryRun || dao.moveIfUnknown(userId, zone));
    }

    private static boolean isPermitted(String key, JsonNode value) {
        try {
            return !value.isNull() && new ConfigDraft(null, Map.of(key, value)).settings().containsKey(key);
        } catch (ApiException e) {
            return false;
        }
    }
}

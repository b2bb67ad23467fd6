package ollamaweb.insights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import ollamaweb.config.InsightTime;
import ollamaweb.config.SettingDao;

/** How often an insight comes by itself: the setting that says when, and the kind that it is of. */
enum Schedule {
    DAILY(SettingDao.INSIGHTS_DAILY, "daily_summary"),
    WEEKLY(SettingDao.INSIGHTS_WEEKLY, "conversation_digest");

    private final String setting;
    private final String kind;

    Schedule(String setting, String kind) {
        this.setting = setting;
        this.kind = kind;
    }

    static Schedule named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String setting() {
        return setting;
    }

    String kind() {
        return kind;
    }

    /** @return when the setting's value says that it comes; empty for one that an older server took */
    Optional<InsightTime> time(JsonNode value) {
        return this == DAILY ? InsightTime.daily(value) : InsightTime.weekly(value);
    }
}

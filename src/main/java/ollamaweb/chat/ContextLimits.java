package ollamaweb.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import ollamaweb.config.SettingDao;
import ollamaweb.json.Json;

/**
 * How much of a conversation a model gets to read.
 *
 * @param messages how many messages at most, the newest ones
 * @param tokens   how many tokens they have together at most; null: however many they have
 */
record ContextLimits(int messages, Integer tokens) {

    /** As many as are looked at where only the model's context is the limit. */
    private static final int MOST_THAT_FIT = 1000;
    /** What a server gives a model of which it is told nothing. */
    private static final int SMALLEST_CONTEXT = 4096;
    /** As much of the context is left for the answer. */
    private static final int PART_FOR_ANSWER = 4;

    /** Settings of an account that decide on it. */
    record Wanted(int messages, boolean fit) {

        /** @param fallback how many messages where the account has not said */
        static Wanted of(SettingDao settings, long userId, int fallback) {
            boolean fit = setting(settings, userId, SettingDao.CONTEXT).map(value -> value.asText().equals("fit")).orElse(false);
            return new Wanted(setting(settings, userId, SettingDao.CONTEXT_MESSAGES).map(JsonNode::asInt).orElse(fallback), fit);
        }

        private static Optional<JsonNode> setting(SettingDao settings, long userId, String key) {
            return settings.find(userId, key).map(json -> Json.read(json, JsonNode.class));
        }
    }

    static ContextLimits ofMessages(int messages) {
        return new ContextLimits(messages, null);
    }

    /** @param contextLength of the model, in tokens; null where nobody tells */
    static ContextLimits fitting(Integer contextLength) {
        int length = contextLength == null ? SMALLEST_CONTEXT : contextLength;
        return new ContextLimits(MOST_THAT_FIT, length - length / PART_FOR_ANSWER);
    }
}

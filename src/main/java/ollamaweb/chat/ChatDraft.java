package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.files.Base64Bytes;
import ollamaweb.http.Check;
import ollamaweb.providers.ChatOptions;

/**
 * Body of {@code POST /api/chat/stream}.
 *
 * @param message      the question; none when an answer is made again or gone on with
 * @param parentId     the message that the new one follows, null for a new beginning; missing: the end of the path
 * @param messageId    the question to answer again, or one of its answers; null: the last question of the path
 * @param modelName    for this answer; null: the conversation's, or for a new one the user's default
 * @param systemPrompt for this answer, and kept with a new conversation; null: the conversation's
 * @param temperature  0 to 2
 * @param stream       false: one JSON document once the answer is there
 * @param regenerate   whether to answer the last question again
 * @param goOn         whether to go on from an answer that broke off
 * @param files        the ids of files that come with the question
 * @param images       more files, which are kept first
 * @param think        whether the model thinks first, or how much; null: what it does by itself
 * @param options      Ollama's
 * @param format       {@code "json"} or a JSON schema that the answer has to follow
 * @param keepAlive    how long the model stays loaded afterwards: seconds, or a duration such as {@code "5m"}
 */
record ChatDraft(
        String message,
        Long conversationId,
        Optional<Long> parentId,
        Long messageId,
        String modelName,
        String systemPrompt,
        Double temperature,
        Boolean stream,
        Boolean regenerate,
        @JsonProperty("continue") Boolean goOn,
        List<Long> files,
        List<Base64Bytes> images,
        JsonNode think,
        ModelOptions options,
        JsonNode format,
        JsonNode keepAlive) {

    private static final int MAX_MESSAGE = 100_000;
    private static final int MAX_FILES = 10;
    private static final double DEFAULT_TEMPERATURE = 0.7;
    private static final String TEMPERATURE = "temperature";
    private static final Set<String> THINKING = Set.of("low", "medium", "high", "max");
    private static final int MAX_SCHEMA = 100_000;
    /** As Go reads a duration. */
    private static final Pattern DURATION = Pattern.compile("-?(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ns|us|µs|ms|s|m|h)){1,7}");

    ChatDraft {
        stream = stream == null || stream;
        regenerate = regenerate != null && regenerate;
        goOn = goOn != null && goOn;
        files = files == null ? List.of() : files;
        images = images == null ? List.of() : images;
        think = given(think);
        format = given(format);
        keepAlive = given(keepAlive);
        boolean isTemperatureOption = options != null && options.values().containsKey(TEMPERATURE);
        boolean asksAgain = regenerate || goOn;
        var check = Check.body()
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt, 0, SystemPrompt.MAX_LENGTH)
                .range(TEMPERATURE, temperature, 0, 2)
                .that(temperature == null || !isTemperatureOption, TEMPERATURE, "cannot be combined with options.temperature",
                        "value_error")
                .that(think == null || think.isBoolean() || think.isTextual() && THINKING.contains(think.textValue()), "think",
                        "must be true, false, low, medium, high or max", "value_error")
                .that(files.stream().allMatch(Objects::nonNull), "files", "none is not an allowed value", "type_error.none.not_allowed")
                .that(images.stream().allMatch(Objects::nonNull), "images", "none is not an allowed value", "type_error.none.not_allowed")
                .that(files.size() + images.size() <= MAX_FILES, images.isEmpty() ? "files" : "images",
                        "at most " + MAX_FILES + " files can come with a message", "value_error.list.max_items")
                .that(format == null || format.isTextual() && format.textValue().equals("json") || isSchema(format), "format",
                        "must be json or a JSON schema of at most " + MAX_SCHEMA + " characters", "value_error")
                .that(keepAlive == null || keepAlive.isIntegralNumber() && keepAlive.canConvertToInt() || isDuration(keepAlive),
                        "keep_alive", "must be a number of seconds or a duration such as 5m", "value_error");
        if (temperature == null && !isTemperatureOption) {
            temperature = DEFAULT_TEMPERATURE;
        }
        if (asksAgain) {
            check.required("conversation_id", conversationId)
                    .that(message == null, "message", "must be left out with regenerate or continue", "value_error")
                    .that(parentId == null, "parent_id", "must be left out with regenerate or continue", "value_error")
                    .that(messageId == null || regenerate, "message_id", "goes with regenerate only", "value_error")
                    .that(files.isEmpty(), "files", "must be left out with regenerate or continue", "value_error")
                    .that(images.isEmpty(), "images", "must be left out with regenerate or continue", "value_error")
                    .that(!(regenerate && goOn), "continue", "cannot be combined with regenerate", "value_error");
        } else {
            check.requiredText("message", message, 1, MAX_MESSAGE)
                    .that(messageId == null, "message_id", "goes with regenerate only", "value_error")
                    .that(parentId == null || parentId.isEmpty() || conversationId != null, "conversation_id", "field required",
                            "value_error.missing");
        }
        check.orThrow();
        systemPrompt = SystemPrompt.clean(systemPrompt);
    }

    /** @return how the answer is to be made */
    ChatOptions chatOptions() {
        return new ChatOptions(temperature, think == null ? null : think.asText(), options == null ? null : options.values(), format,
                keepAlive);
    }

    private static JsonNode given(JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }

    private static boolean isSchema(JsonNode value) {
        return value.isObject() && value.toString().length() <= MAX_SCHEMA;
    }

    private static boolean isDuration(JsonNode value) {
        return value.isTextual() && value.textValue().length() <= 100 && DURATION.matcher(value.textValue()).matches();
    }
}

package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.http.Check;

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
        @JsonProperty("continue") Boolean goOn) {

    private static final int MAX_MESSAGE = 100_000;
    private static final double DEFAULT_TEMPERATURE = 0.7;

    ChatDraft {
        stream = stream == null || stream;
        regenerate = regenerate != null && regenerate;
        goOn = goOn != null && goOn;
        temperature = temperature == null ? DEFAULT_TEMPERATURE : temperature;
        boolean asksAgain = regenerate || goOn;
        var check = Check.body()
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt, 0, SystemPrompt.MAX_LENGTH)
                .range("temperature", temperature, 0, 2);
        if (asksAgain) {
            check.required("conversation_id", conversationId)
                    .that(message == null, "message", "must be left out with regenerate or continue", "value_error")
                    .that(parentId == null, "parent_id", "must be left out with regenerate or continue", "value_error")
                    .that(messageId == null || regenerate, "message_id", "goes with regenerate only", "value_error")
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
}

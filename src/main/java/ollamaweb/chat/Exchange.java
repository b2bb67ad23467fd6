package ollamaweb.chat;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.providers.ChatOptions;

/**
 * What a client of another API asks a model, to be kept as a conversation.
 *
 * @param conversationId the conversation that it is added to; null: a new one
 * @param systemPrompt   null for none
 * @param said           all messages that the model is given beside that, oldest first
 * @param options        how the answer is to be made, as far as they are told
 * @param requestBytes   how long the request is
 */
public record Exchange(Long conversationId, String modelName, String systemPrompt, List<Said> said, ChatOptions options,
        long requestBytes) {

    private static final int MAX_MESSAGES = 1000;
    private static final int MAX_IMAGES = 10;
    private static final int MAX_TOOL_CALLS = 64 * 1024;
    private static final String ASSISTANT = "assistant";
    private static final String MESSAGES = "messages";

    /**
     * One message.
     *
     * @param role      {@code user}, {@code assistant}, {@code system} or {@code tool}
     * @param thinking  null for none
     * @param toolCalls a JSON array; null for none
     * @param toolName  the tool that it is the result of, or null
     * @param images    their bytes
     */
    public record Said(String role, String content, String thinking, String toolCalls, String toolName, List<byte[]> images) {}

    /** @throws ApiException 422 if it cannot be kept */
    public Exchange {
        said = List.copyOf(said);
        Check.body()
                .text("model", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .that(!said.isEmpty() && !said.get(said.size() - 1).role().equals(ASSISTANT), MESSAGES,
                        "the last one must be a question, or the result of a tool, to be kept", "value_error")
                .that(said.size() <= MAX_MESSAGES, MESSAGES, "at most " + MAX_MESSAGES + " can be kept", "value_error.list.max_items")
                .that(said.stream().allMatch(each -> Utf8.length(each.content()) <= ConversationLimits.MAX_MESSAGE_BYTES), MESSAGES,
                        "a message of more than " + ConversationLimits.MAX_MESSAGE_BYTES + " bytes cannot be kept", "value_error")
                .that(said.stream().allMatch(each -> each.images().size() <= MAX_IMAGES), MESSAGES,
                        "at most " + MAX_IMAGES + " images of a message can be kept", "value_error.list.max_items")
                .that(said.stream().allMatch(each -> each.toolCalls() == null || each.toolCalls().length() <= MAX_TOOL_CALLS), MESSAGES,
                        "tool calls of more than " + MAX_TOOL_CALLS + " characters cannot be kept", "value_error")
                .orThrow();
    }

    /** @return what is written: all for a new conversation, else what was said since the last answer, which is there already */
    List<Said> added() {
        if (conversationId == null) {
            return said;
        }
        var added = new ArrayList<Said>();
        for (int i = said.size() - 1; i >= 0 && !said.get(i).role().equals(ASSISTANT); i--) {
            if (!said.get(i).role().equals("system")) {
                added.add(0, said.get(i));
            }
        }
        return added;
    }

    /** @return how long all texts are together, as UTF-8 */
    long textBytes() {
        return said.stream().mapToLong(each -> Utf8.length(each.content())).sum() + (systemPrompt == null ? 0 : Utf8.length(systemPrompt));
    }
}

package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * What a model was given for an answer.
 *
 * @param digest          which weights the name stood for; null where nobody told
 * @param options         as JSON, those of {@code POST /api/chat/stream} that its client or the account set
 * @param messageIds      as JSON, in their order
 * @param leftOut         as JSON, how many earlier messages were left out for each reason
 * @param promptBytes     how long all texts were together, as UTF-8
 * @param promptTokens    how many tokens the model read, or null
 * @param contextLength   how many tokens it can have in mind, or null
 * @param promptCut       whether its server seems to have cut the prompt without saying so
 */
public record AnswerContext(
        long messageId,
        String modelName,
        String digest,
        String systemPrompt,
        @JsonRawValue String options,
        @JsonRawValue String messageIds,
        int messagesSent,
        int messagesLeftOut,
        @JsonRawValue String leftOut,
        long promptBytes,
        Integer promptTokens,
        Integer contextLength,
        boolean promptCut) {}

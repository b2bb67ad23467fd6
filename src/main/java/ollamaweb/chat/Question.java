package ollamaweb.chat;

import java.time.Instant;
import ollamaweb.config.SettingDao;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.conversations.Title;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.json.Texts;
import ollamaweb.messages.MessageDao;

/**
 * A question that is on disk together with the row of its answer.
 *
 * @param isNewConversation whether the conversation was made for it
 * @param messageId         the user's message
 * @param answerId          the answer, to be made now
 * @param windowEnd         the last message that the model gets to read
 * @param saidBefore        the text the answer goes on from, or empty
 * @param replacesOlder     whether the complete answer takes the place of older ones
 */
record Question(
        long userId,
        long conversationId,
        boolean isNewConversation,
        long messageId,
        long answerId,
        long windowEnd,
        String saidBefore,
        boolean replacesOlder,
        String modelName,
        String systemPrompt,
        double temperature) {

    /**
     * How much may be asked for.
     *
     * @param maxAnswerBytes how long an answer may be, as UTF-8
     */
    record Limits(ConversationLimits conversation, int maxAnswerBytes) {}

    /** Writes what a draft asks for, or refuses it whole. */
    static Question ask(Transaction tx, long userId, ChatDraft draft, Limits limits, Instant now) {
        var asking = new Asking(tx, userId, draft, limits, now);
        if (draft.conversationId() == null) {
            return asking.inNewConversation();
        }
        var conversation = asking.conversation();
        if (draft.regenerate()) {
            return asking.again(conversation);
        }
        return draft.goOn() ? asking.goingOn(conversation) : asking.more(conversation);
    }

    /** The statements of one question. */
    private record Asking(Transaction tx, long userId, ChatDraft draft, Limits limits, Instant now) {

        Question inNewConversation() {
            var model = draft.modelName() == null ? defaultModel() : draft.modelName();
            var title = Title.of(draft.message());
            long id = conversations().insert(userId, title, Texts.fold(title), model, draft.systemPrompt(), now, now);
            return in(new Conversation(id, userId, title, model, draft.systemPrompt(), now, now, 0), true);
        }

        Conversation conversation() {
            var conversation = conversations().find(draft.conversationId(), userId).orElseThrow(ConversationRoutes::notFound);
            answers().findRunning(conversation.id()).ifPresent(running -> {
                throw ApiException.answerRunning(running);
            });
            return conversation;
        }

        Question more(Conversation conversation) {
            limits.conversation().requireRoom(conversation.messageCount(), 2);
            return in(conversation, false);
        }

        private Question in(Conversation conversation, boolean isNew) {
            long messageId = messages().insert(conversation.id(), "user", draft.message(), null, Outcome.COMPLETE, now);
            if (conversation.title().equals(Conversation.UNTITLED)) {
                var title = Title.of(draft.message());
                conversations().retitle(conversation.id(), title, Texts.fold(title));
            }
            return question(conversation, isNew, messageId, newAnswer(conversation), messageId, "", false);
        }

        /** The older answer stays until the new one is complete, so there has to be room for one more. */
        Question again(Conversation conversation) {
            limits.conversation().requireRoom(conversation.messageCount(), 1);
            long questionId = lastQuestion(conversation);
            return question(conversation, false, questionId, newAnswer(conversation), questionId, "", true);
        }

        Question goingOn(Conversation conversation) {
            var brokenOff = answers().findLast(conversation.id())
                    .filter(last -> !last.status().equals(Outcome.COMPLETE))
                    .orElseThrow(() -> ApiException.conflict("There is no interrupted answer to continue"));
            if (brokenOff.bytes() >= limits.maxAnswerBytes()) {
                throw ApiException.conflict("The answer is too long to be continued");
            }
            answers().deleteParts(brokenOff.id());
            answers().reopen(brokenOff.id());
            conversations().touch(conversation.id(), now);
            return question(conversation, false, lastQuestion(conversation), brokenOff.id(), brokenOff.id(),
                    answers().content(brokenOff.id()), false);
        }

        private long newAnswer(Conversation conversation) {
            conversations().touch(conversation.id(), now);
            return messages().insert(conversation.id(), "assistant", "", null, "streaming", now);
        }

        private long lastQuestion(Conversation conversation) {
            return answers().findLastQuestion(conversation.id())
                    .orElseThrow(() -> ApiException.conflict("There is no question to answer again"));
        }

        private Question question(Conversation conversation, boolean isNew, long messageId, long answerId, long windowEnd,
                String saidBefore, boolean replacesOlder) {
            return new Question(userId, conversation.id(), isNew, messageId, answerId, windowEnd, saidBefore, replacesOlder,
                    draft.modelName() == null ? conversation.modelName() : draft.modelName(),
                    draft.systemPrompt() == null ? conversation.systemPrompt() : draft.systemPrompt(),
                    draft.temperature());
        }

        private String defaultModel() {
            return tx.dao(SettingDao.class).findDefaultModel(userId)
                    .orElseThrow(() -> ApiException.invalid("model_name", "field required", "value_error.missing"));
        }

        private ConversationDao conversations() {
            return tx.dao(ConversationDao.class);
        }

        private MessageDao messages() {
            return tx.dao(MessageDao.class);
        }

        private GenerationDao answers() {
            return tx.dao(GenerationDao.class);
        }
    }
}

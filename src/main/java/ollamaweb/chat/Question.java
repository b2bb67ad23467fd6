package ollamaweb.chat;

import java.time.Instant;
import java.util.Optional;
import ollamaweb.config.SettingDao;
import ollamaweb.access.ConversationRole;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.conversations.Title;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.json.Texts;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.MessageDao.Place;
import ollamaweb.messages.MessageRoutes;
import ollamaweb.messages.NewMessage;
import ollamaweb.messages.PathDao;
import ollamaweb.providers.ChatOptions;

/**
 * A question that is on disk together with the row of its answer.
 *
 * @param ownerId           whose conversation it is
 * @param membershipId      by what another one writes in it; null for its owner
 * @param keyId             the API key that it was asked with, or null
 * @param isNewConversation whether the conversation was made for it
 * @param messageId         the user's message
 * @param answerId          the answer, to be made now
 * @param windowEnd         the last message that the model gets to read
 * @param saidBefore        the text the answer goes on from, or empty
 * @param thoughtBefore     what the model thought before that text, or empty
 * @param serverId          the server that makes the answer
 * @param withImages        whether the model gets to see the images of the conversation
 * @param isOtherVersion    whether the path leads to an older answer until this one is complete
 */
record Question(
        long userId,
        long ownerId,
        Long membershipId,
        Long keyId,
        long conversationId,
        boolean isNewConversation,
        long messageId,
        long answerId,
        long windowEnd,
        String saidBefore,
        String thoughtBefore,
        long serverId,
        boolean isOtherVersion,
        String modelName,
        String systemPrompt,
        ChatOptions options,
        boolean withImages) {

    /** Writes what a draft asks for, or refuses it whole. */
    static Question ask(Transaction tx, CurrentUser user, ChatDraft draft, Attachments.Given files, GenerationLimits limits, long serverId,
            Instant now) {
        var asking = new Asking(tx, user.id(), user.keyId(), draft, files, limits, serverId, now);
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
    private record Asking(Transaction tx, long userId, Long keyId, ChatDraft draft, Attachments.Given files, GenerationLimits limits,
            long serverId,
            Instant now) {

        Question inNewConversation() {
            var model = draft.modelName() == null ? defaultModel() : draft.modelName();
            var title = Title.of(draft.message());
            long id = conversations().insert(userId, title, Texts.fold(title), model, draft.systemPrompt(), now, now);
            return in(new Conversation(id, userId, title, model, draft.systemPrompt(), now, now, 0, null, false, false, "[]",
                    ConversationRole.OWNER, null, null),
                    true);
        }

        Conversation conversation() {
            var conversation = conversations().find(draft.conversationId(), userId).orElseThrow(ConversationRoutes::notFound);
            conversation.role().requireWriter();
            answers().findRunning(conversation.id()).ifPresent(running -> {
                throw running.refusal(userId);
            });
            return conversation;
        }

        Question more(Conversation conversation) {
            requireRoom(conversation, 2);
            return in(conversation, false);
        }

        private Question in(Conversation conversation, boolean isNew) {
            var parentId = draft.parentId() == null ? conversation.currentMessageId() : parent(conversation);
            requireRoomForVersion(conversation, parentId);
            long messageId = messages().insert(NewMessage.question(conversation.id(), parentId, draft.message(), now));
            noteAuthor(conversation, messageId);
            events().messageCreated(conversation.id(), messageId, "user", now);
            files.attach(tx, messageId, userId, now);
            if (conversation.title().equals(Conversation.UNTITLED)) {
                var title = Title.of(draft.message());
                conversations().retitle(conversation.id(), title, Texts.fold(title));
                events().conversationUpdated(conversation.id(), now);
            }
            long answerId = newAnswer(conversation, messageId);
            conversations().follow(conversation.id(), answerId);
            return question(conversation, isNew, messageId, answerId, messageId, "", "", false);
        }

        /** @return the message that the new one is to follow; null for a new beginning */
        private Long parent(Conversation conversation) {
            return draft.parentId().map(id -> place(conversation, id).id()).orElse(null);
        }

        /** Older answers stay beside the new one; where there is none, the path leads to the new one at once. */
        Question again(Conversation conversation) {
            requireRoom(conversation, 1);
            long questionId = draft.messageId() == null ? lastQuestion(conversation) : questionOf(place(conversation, draft.messageId()));
            requireRoomForVersion(conversation, questionId);
            files.requireSeen(tx, questionId, modelName(conversation));
            long answerId = newAnswer(conversation, questionId);
            boolean isFirst = Long.valueOf(questionId).equals(conversation.currentMessageId());
            if (isFirst) {
                conversations().follow(conversation.id(), answerId);
            }
            return question(conversation, false, questionId, answerId, questionId, "", "", !isFirst);
        }

        /** @return the message itself if it is a question, or the one that it answers */
        private static long questionOf(Place message) {
            if (message.role().equals("user")) {
                return message.id();
            }
            if (message.role().equals("assistant") && message.parentId() != null) {
                return message.parentId();
            }
            throw noQuestion();
        }

        Question goingOn(Conversation conversation) {
            var brokenOff = answers().findLast(conversation.id())
                    .filter(last -> !last.status().equals(Outcome.COMPLETE))
                    .orElseThrow(() -> ApiException.conflict("There is no interrupted answer to continue"));
            if (brokenOff.bytes() >= limits.conversation().maxAnswerBytes()) {
                throw ApiException.conflict("The answer is too long to be continued");
            }
            files.requireSeen(tx, lastQuestion(conversation), modelName(conversation));
            answers().deleteParts(brokenOff.id());
            answers().open(brokenOff.id(), serverId, now);
            events().answerStarted(conversation.id(), brokenOff.id(), now);
            conversations().touch(conversation.id(), now);
            return question(conversation, false, lastQuestion(conversation), brokenOff.id(), brokenOff.id(),
                    answers().content(brokenOff.id()), answers().thinking(brokenOff.id()), false);
        }

        private long newAnswer(Conversation conversation, long questionId) {
            conversations().touch(conversation.id(), now);
            long id = messages().insert(NewMessage.answer(conversation.id(), questionId, modelName(conversation), now));
            noteAuthor(conversation, id);
            answers().open(id, serverId, now);
            events().answerStarted(conversation.id(), id, now);
            return id;
        }

        private void noteAuthor(Conversation conversation, long messageId) {
            if (!conversation.isOwn()) {
                messages().setAuthor(messageId, userId);
            }
        }

        private long lastQuestion(Conversation conversation) {
            return Optional.ofNullable(conversation.currentMessageId())
                    .flatMap(tx.dao(PathDao.class)::findQuestion)
                    .orElseThrow(Asking::noQuestion);
        }

        private static ApiException noQuestion() {
            return ApiException.conflict("There is no question to answer again");
        }

        private Place place(Conversation conversation, long messageId) {
            return messages().findIn(conversation.id(), messageId).orElseThrow(MessageRoutes::notFound);
        }

        private void requireRoom(Conversation conversation, int more) {
            limits.conversation().requireRoom(messages().count(conversation.id()), more);
        }

        private void requireRoomForVersion(Conversation conversation, Long parentId) {
            ConversationLimits.requireRoomForVersion(messages().countChildren(conversation.id(), parentId));
        }

        private Question question(Conversation conversation, boolean isNew, long messageId, long answerId, long windowEnd,
                String saidBefore, String thoughtBefore, boolean isOtherVersion) {
            return new Question(userId, conversation.userId(), conversation.membershipId(), keyId, conversation.id(), isNew, messageId,
                    answerId, windowEnd, saidBefore, thoughtBefore,
                    serverId,
                    isOtherVersion,
                    modelName(conversation),
                    draft.systemPrompt() == null ? conversation.systemPrompt() : draft.systemPrompt(),
                    draft.chatOptions(), files.withImages());
        }

        private String modelName(Conversation conversation) {
            return draft.modelName() == null ? conversation.modelName() : draft.modelName();
        }

        private String defaultModel() {
            return tx.dao(SettingDao.class).findDefaultModel(userId)
                    .orElseThrow(() -> ApiException.invalid("model_name", "field required", "value_error.missing"));
        }

        private ConversationDao conversations() {
            return tx.dao(ConversationDao.class);
        }

        private ConversationEventDao events() {
            return tx.dao(ConversationEventDao.class);
        }

        private MessageDao messages() {
            return tx.dao(MessageDao.class);
        }

        private GenerationDao answers() {
            return tx.dao(GenerationDao.class);
        }
    }
}

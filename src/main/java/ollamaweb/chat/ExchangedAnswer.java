package ollamaweb.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.access.ConversationRole;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.conversations.Title;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.http.CurrentUser;
import ollamaweb.json.Texts;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.NewMessage;

/**
 * The answer that a client of another API asks for; the model gets to read what the client sends.
 *
 * @param images the files of each message that is added
 * @param maker  passes the request on
 */
record ExchangedAnswer(CurrentUser user, Exchange exchange, List<Attachments.Given> images, GenerationLimits limits, AnswerMaker maker)
        implements
            NewAnswer {

    @Override
    public Written write(Transaction tx, long serverId, Instant now) {
        boolean isNew = exchange.conversationId() == null;
        var conversation = isNew ? create(tx, now) : find(tx);
        var messages = tx.dao(MessageDao.class);
        limits.conversation().requireRoom(isNew ? 0 : messages.count(conversation.id()), exchange.added().size() + 1);
        var ids = write(tx, conversation, now);
        long last = ids.get(ids.size() - 1);
        long answerId = messages.insert(NewMessage.answer(conversation.id(), last, exchange.modelName(), now));
        if (!conversation.isOwn()) {
            messages.setAuthor(answerId, user.id());
            ids.forEach(id -> messages.setAuthor(id, user.id()));
        }
        var events = tx.dao(ConversationEventDao.class);
        for (int i = 0; i < ids.size(); i++) {
            events.messageCreated(conversation.id(), ids.get(i), exchange.added().get(i).role(), now);
        }
        events.answerStarted(conversation.id(), answerId, now);
        tx.dao(GenerationDao.class).open(answerId, serverId, now);
        tx.dao(ConversationDao.class).follow(conversation.id(), answerId);
        tx.dao(ConversationDao.class).touch(conversation.id(), now);
        var question = new Question(user.id(), conversation.userId(), conversation.membershipId(), user.keyId(), conversation.id(), isNew,
                last, answerId, last, "", "", serverId, false,
                exchange.modelName(), exchange.systemPrompt(), exchange.options(), true);
        return new Written(question, SentPrompt.of(tx, question, exchange, ids));
    }

    private Conversation create(Transaction tx, Instant now) {
        var title = title();
        long id = tx.dao(ConversationDao.class).insert(user.id(), title, Texts.fold(title), exchange.modelName(), exchange.systemPrompt(),
                now, now);
        return new Conversation(id, user.id(), title, exchange.modelName(), exchange.systemPrompt(), now, now, 0, null, false, false, "[]",
                ConversationRole.OWNER, null, null);
    }

    private Conversation find(Transaction tx) {
        var found = tx.dao(ConversationDao.class).find(exchange.conversationId(), user.id()).orElseThrow(ConversationRoutes::notFound);
        found.role().requireWriter();
        tx.dao(GenerationDao.class).findRunning(found.id()).ifPresent(running -> {
            throw running.refusal(user.id());
        });
        ConversationLimits.requireRoomForVersion(tx.dao(MessageDao.class).countChildren(found.id(), found.currentMessageId()));
        if (found.title().equals(Conversation.UNTITLED)) {
            tx.dao(ConversationDao.class).retitle(found.id(), title(), Texts.fold(title()));
        }
        return found;
    }

    /** @return the ids of the messages, oldest first */
    private List<Long> write(Transaction tx, Conversation conversation, Instant now) {
        var ids = new ArrayList<Long>();
        var parent = conversation.currentMessageId();
        var added = exchange.added();
        for (int i = 0; i < added.size(); i++) {
            var said = added.get(i);
            parent = tx.dao(MessageDao.class).insert(new NewMessage(conversation.id(), parent, said.role(), Outcome.COMPLETE,
                    said.role().equals("assistant") ? exchange.modelName() : null, said.content(), said.thinking(), said.toolCalls(),
                    said.toolName(), null, null, null, null, null, null, now));
            images.get(i).attach(tx, parent, user.id(), now);
            ids.add(parent);
        }
        return ids;
    }

    private String title() {
        return exchange.said().stream().filter(said -> said.role().equals("user")).findFirst().map(said -> Title.of(said.content()))
                .orElse(Conversation.UNTITLED);
    }
}

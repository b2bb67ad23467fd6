package ollamaweb.conversations;

import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Transaction;
import ollamaweb.messages.MessageDao;

/** Deletes conversations for good, and notes who did. An answer in the making ends. */
final class ConversationDeletion {

    private final AuditLog audit;

    ConversationDeletion(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * From the trash or not.
     *
     * @throws ollamaweb.http.ApiException 404 if the user sees no such conversation, 403 for a member of it
     */
    void anyOf(Transaction tx, long id, Actor user) {
        if (!trashedOf(tx, id, user)) {
            of(tx, id, user);
        }
    }

    /** @throws ollamaweb.http.ApiException 404 if the user sees no such conversation outside the trash, 403 for a member of it */
    void of(Transaction tx, long id, Actor user) {
        ConversationRoutes.requireOwner(tx, id, user.userId());
        if (!tx.dao(ConversationDao.class).delete(id, user.userId())) {
            throw ConversationRoutes.notFound();
        }
        finish(tx, id, user);
    }

    /** @return whether the user had such a conversation in the trash */
    boolean trashedOf(Transaction tx, long id, Actor user) {
        boolean there = tx.dao(TrashDao.class).delete(id, user.userId());
        if (there) {
            finish(tx, id, user);
        }
        return there;
    }

    private void finish(Transaction tx, long id, Actor user) {
        tx.dao(MessageDao.class).endAnswer(id);
        audit.write(tx, AuditAction.CONVERSATION_DELETED, user, null, "conversation " + id);
    }
}

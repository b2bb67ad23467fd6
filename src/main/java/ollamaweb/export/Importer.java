package ollamaweb.export;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.json.Texts;

/**
 * Brings conversations in, in steps between which others can write. They show up in the last one, or not at all: what
 * fails or is killed on the way was never seen, and is deleted.
 */
final class Importer {

    private static final int CHARACTERS_A_STEP = 250_000;
    private static final int MESSAGES_A_STEP = 100;

    private final Database database;
    private final Clock clock;

    Importer(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return the id of the new conversation, which is the user's */
    long run(long userId, ImportDraft draft) {
        var now = clock.instant();
        long id = begin(draft, now);
        try {
            var messages = draft.messages();
            for (int from = 0, to; from < messages.size(); from = to) {
                to = endOfStep(messages, from);
                insert(id, messages.subList(from, to), now);
            }
            show(id, userId);
            return id;
        } catch (RuntimeException e) {
            database.submit(tx -> {
                tx.dao(ImportDao.class).end(id);
                return null;
            });
            throw e;
        }
    }

    private long begin(ImportDraft draft, Instant now) {
        return database.step(tx -> {
            var dao = tx.dao(ImportDao.class);
            long id = dao.insert(draft.title(), Texts.fold(draft.title()), draft.modelName(), draft.systemPrompt(),
                    draft.createdAt().orElse(now), draft.updatedAt().orElse(now));
            dao.begin(id);
            return id;
        });
    }

    private void insert(long id, List<ImportedMessage> messages, Instant now) {
        database.step(tx -> {
            tx.dao(ImportDao.class).insertMessages(id, messages, now);
            return null;
        });
    }

    private void show(long id, long userId) {
        database.step(tx -> {
            var dao = tx.dao(ImportDao.class);
            if (!dao.show(id, userId)) {
                throw ApiException.unauthorized("Invalid API key");
            }
            dao.end(id);
            return null;
        });
    }

    /** @return the first message that is too much for the step; there is always at least one in it */
    private static int endOfStep(List<ImportedMessage> messages, int from) {
        int to = from;
        for (long characters = 0; to < messages.size() && to - from < MESSAGES_A_STEP; to++) {
            characters += messages.get(to).content().length();
            if (characters > CHARACTERS_A_STEP && to > from) {
                break;
            }
        }
        return to;
    }
}

package ollamaweb.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.Page;
import ollamaweb.http.StreamedJson;

/** A page of a user's favorite messages, the newest first. */
final class FavoritesDocument implements StreamedJson.Body {

    private final Page page;
    private final long total;
    private final MessageArray messages;
    private boolean begun;

    private FavoritesDocument(Page page, long total, MessageArray messages) {
        this.page = page;
        this.total = total;
        this.messages = messages;
    }

    static FavoritesDocument of(Database database, long userId, Page page) {
        return database.read(tx -> {
            var dao = tx.dao(FavoriteDao.class);
            var source = new Source(userId, dao.list(userId, page.limit(), page.offset()));
            return new FavoritesDocument(page, dao.count(userId), new MessageArray(database, tx, source));
        });
    }

    /** @param ids of the page, newest first */
    private record Source(long userId, List<Long> ids) implements MessageSource {

        @Override
        public List<MessageHead> after(Transaction tx, Long id) {
            return ids.isEmpty()
                    ? List.of()
                    : tx.dao(FavoriteDao.class).heads(userId, id == null ? ids.get(0) : id - 1, ids.get(ids.size() - 1), SOME);
        }

        @Override
        public boolean isLast(long id) {
            return id == ids.get(ids.size() - 1);
        }
    }

    @Override
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (!begun) {
            begun = true;
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
        }
        if (messages.writeNext(json)) {
            return true;
        }
        json.writeEndArray();
        json.writeNumberField("total", total);
        json.writeNumberField("page", page.page());
        json.writeNumberField("page_size", page.pageSize());
        json.writeNumberField("total_pages", page.totalPages(total));
        json.writeEndObject();
        return false;
    }
}

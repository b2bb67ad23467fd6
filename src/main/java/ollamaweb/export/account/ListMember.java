package ollamaweb.export.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.json.Json;

/** A list of an account's things as a JSON array, read page by page. */
final class ListMember<T> implements ZipMember {

    private static final int PAGE = 50;

    private final String name;
    private final Instant modifiedAt;
    private final Database database;
    private final Pages<T> pages;
    private final ToLongFunction<T> id;
    private final LongConsumer counted;
    private JsonGenerator json;
    private long last;
    private long count;

    /** Reads things after one, in the order of their ids. */
    @FunctionalInterface
    interface Pages<T> {
        List<T> read(Transaction tx, long after, int limit);
    }

    /** @param counted told at the end how many there were */
    ListMember(String name, Instant modifiedAt, Database database, Pages<T> pages, ToLongFunction<T> id, LongConsumer counted) {
        this.name = name;
        this.modifiedAt = modifiedAt;
        this.database = database;
        this.pages = pages;
        this.id = id;
        this.counted = counted;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant modifiedAt() {
        return modifiedAt;
    }

    @Override
    public boolean isCompressible() {
        return true;
    }

    @Override
    public boolean writeNext(OutputStream out) throws IOException {
        if (json == null) {
            json = Json.MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
        }
        var page = database.read(tx -> pages.read(tx, last, PAGE));
        for (var item : page) {
            json.writeObject(item);
            last = id.applyAsLong(item);
        }
        count += page.size();
        if (page.size() == PAGE) {
            return true;
        }
        json.writeEndArray();
        json.close();
        counted.accept(count);
        return false;
    }
}

package ollamaweb.imports;

import java.time.Instant;
import java.util.Optional;
import ollamaweb.db.Transaction;
import ollamaweb.imports.sources.ollamaweb.ExportManifest;
import ollamaweb.insights.InsightArchive;

/** Tells what an account has in place of what an export names by the ids of the account that it comes from. */
final class AccountNames implements InsightArchive.Names {

    private static final String CONVERSATION = "conversation";
    private static final String MESSAGE = "message";

    private final Transaction tx;
    private final ImportTarget target;
    private final String origin;
    private final boolean isOwn;

    /** @param isOwn whether the export is of this very account */
    AccountNames(Transaction tx, ImportTarget target, String origin, boolean isOwn) {
        this.tx = tx;
        this.target = target;
        this.origin = origin;
        this.isOwn = isOwn;
    }

    @Override
    public Optional<Long> of(String type, long id) {
        return brought(type, id)
                .or(() -> isOwn && tx.dao(ThingDao.class).has(target.userId(), type, id) ? Optional.of(id) : Optional.empty());
    }

    /** @return what came from elsewhere under this id */
    Optional<Long> brought(String type, long id) {
        var key = key(id);
        return switch (type) {
            case CONVERSATION ->
                tx.dao(OriginDao.class).find(target.userId(), target.source(), key).map(OriginDao.Origin::conversationId);
            case MESSAGE -> tx.dao(ThingDao.class).findMessage(target.userId(), target.source(), key);
            default -> tx.dao(ThingDao.class).find(target.userId(), type, key).map(ThingDao.Known::thingId);
        };
    }

    /** @return the id that the account has for it; null where it has none, or none was named */
    Long orNull(String type, Long id) {
        return id == null ? null : of(type, id).orElse(null);
    }

    /**
     * After an older backup was restored the same id may be that of another thing.
     *
     * @return whether the account has it by the same id, since it never left
     */
    boolean isOwn(String type, long id, Instant createdAt) {
        return isOwn && tx.dao(ThingDao.class).findCreatedAt(target.userId(), type, id).filter(at -> at.equals(createdAt)).isPresent();
    }

    /** @return as the table of what came before has it */
    String key(long id) {
        return new ContentHash().text(ExportManifest.key(origin, id)).end();
    }
}

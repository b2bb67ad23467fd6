package ollamaweb.imports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Imports, their files and their reports. One without an owner is being deleted; one that is uploading is not shown yet. */
@RegisterConstructorMapper(Import.class)
@RegisterConstructorMapper(ImportItem.class)
@RegisterConstructorMapper(ImportJob.class)
@RegisterConstructorMapper(ImportDao.Waiting.class)
interface ImportDao {

    String COLUMNS = """
        id, status, source, dry_run, file_name, size, imported + updated + unchanged + failed AS done, total, imported, updated,
        unchanged, failed, error, created_at, started_at, finished_at
        """;

    /** The accounts of which servers that are there read one. */
    String ACCOUNTS_THAT_ARE_READ = """
        (SELECT r.user_id
           FROM imports r
           JOIN servers s ON s.id = r.server_id
          WHERE r.status = 'running' AND r.finished_at IS NULL AND r.user_id IS NOT NULL)""";

    /** Begins one whose file is on its way in; nobody sees it until it is {@link #queue}d. */
    @SqlQuery("""
        INSERT INTO imports (user_id, server_id, status, has_pieces, dry_run, created_at)
        VALUES (:userId, :serverId, 'uploading', TRUE, :dryRun, :now)
        RETURNING id""")
    long begin(long userId, long serverId, boolean dryRun, Instant now);

    /** Begins one whose file is read where it lies, by this process. */
    @SqlQuery("""
        INSERT INTO imports (user_id, server_id, status, file_name, size, dry_run, created_at, started_at)
        VALUES (:userId, :serverId, 'running', :fileName, :size, :dryRun, :now, :now)
        RETURNING id""")
    long beginLocal(long userId, long serverId, String fileName, long size, boolean dryRun, Instant now);

    @SqlUpdate("INSERT INTO import_pieces (import_id, number, bytes) VALUES (:id, :number, :bytes)")
    void addPiece(long id, int number, byte[] bytes);

    /** A piece of the file, from 0 on; null if there is none. */
    @SingleValue
    @SqlQuery("SELECT bytes FROM import_pieces WHERE import_id = :id AND number = :number")
    byte[] piece(long id, int number);

    /** The file is here; false if it was given up meanwhile, or the account is gone. */
    @SqlUpdate("""
        UPDATE imports
           SET status = 'queued', server_id = NULL, file_name = :fileName, size = :size
         WHERE id = :id AND status = 'uploading' AND server_id = :serverId
           AND user_id IN (SELECT id FROM users WHERE deleted_at IS NULL)""")
    boolean queue(long id, long serverId, String fileName, long size);

    /** A file did not come to its end: what is here of it is to be deleted. */
    @SqlUpdate("UPDATE imports SET user_id = NULL WHERE id = :id AND status = 'uploading'")
    void abandon(long id);

    /** Whether a server that is there reads one of the account. */
    @SqlQuery("SELECT :userId IN " + ACCOUNTS_THAT_ARE_READ)
    boolean isAnyRead(long userId);

    /** How many an account has that are not at their end. */
    @SqlQuery("SELECT COUNT(*) FROM imports WHERE user_id = :userId AND finished_at IS NULL")
    int countOpen(long userId);

    @SqlQuery("SELECT COUNT(*) FROM imports WHERE finished_at IS NULL")
    int countOpen();

    /** One that waits, and whose it is. */
    record Waiting(long id, long userId) {}

    /** The one that has waited for the longest, of an account of which none is read: two with the same would double it. */
    @SqlQuery("""
        SELECT id, user_id
          FROM imports
         WHERE status = 'queued' AND finished_at IS NULL AND user_id NOT IN\s""" + ACCOUNTS_THAT_ARE_READ + """
         ORDER BY id
         LIMIT 1""")
    Optional<Waiting> next();

    /** Takes one, unless another server has taken it or another one of the account; to be written under the lock of that. */
    @SqlQuery("""
        UPDATE imports
           SET status = 'running', server_id = :serverId, started_at = coalesce(started_at, :now)
         WHERE id = :id AND status = 'queued' AND user_id NOT IN\s""" + ACCOUNTS_THAT_ARE_READ + """
        RETURNING id, user_id, server_id, dry_run, imported + updated + unchanged + failed AS done""")
    Optional<ImportJob> claim(long id, long serverId, Instant now);

    /** Whether a server may go on with what it reads: it was neither cancelled nor left to another one. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM imports WHERE id = :id AND status = 'running' AND server_id = :serverId)")
    boolean isRunning(long id, long serverId);

    @SqlUpdate("UPDATE imports SET source = :source, total = :total WHERE id = :id")
    void counted(long id, String source, int total);

    @SqlUpdate("""
        INSERT INTO import_items (import_id, number, title, result, messages, detail, conversation_id)
        VALUES (:id, :number, :title, :result, :messages, :detail, :conversationId)""")
    void addItem(long id, @BindMethods ImportItem item);

    /** Counts what {@link #addItem} has added. */
    @SqlUpdate("""
        UPDATE imports
           SET imported = imported + CASE :result WHEN 'imported' THEN 1 ELSE 0 END,
               updated = updated + CASE :result WHEN 'updated' THEN 1 ELSE 0 END,
               unchanged = unchanged + CASE :result WHEN 'unchanged' THEN 1 ELSE 0 END,
               failed = failed + CASE :result WHEN 'failed' THEN 1 ELSE 0 END
         WHERE id = :id""")
    void count(long id, String result);

    @SqlUpdate("""
        UPDATE imports
           SET status = :status, error = :error, finished_at = :now, server_id = NULL
         WHERE id = :id AND status = 'running' AND server_id = :serverId""")
    boolean end(long id, long serverId, String status, String error, Instant now);

    /** To be gone on with by whoever is there. */
    @SqlUpdate("""
        UPDATE imports
           SET status = 'queued', server_id = NULL
         WHERE id = :id AND status = 'running' AND server_id = :serverId""")
    void release(long id, long serverId);

    /** As {@link #release}, all that a server has: nothing is being read there. */
    @SqlUpdate("""
        UPDATE imports
           SET status = 'queued', server_id = NULL
         WHERE status = 'running' AND finished_at IS NULL AND has_pieces AND server_id = :serverId""")
    void releaseAll(long serverId);

    /** What servers that are gone were reading waits again. */
    @SqlUpdate("""
        UPDATE imports
           SET status = 'queued', server_id = NULL
         WHERE status = 'running' AND finished_at IS NULL AND has_pieces
           AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = imports.server_id)""")
    int releaseAbandoned();

    /** What was read elsewhere than from here cannot be gone on with. */
    @SqlUpdate("""
        UPDATE imports
           SET status = 'failed', error = 'It was broken off; import the file again to go on', finished_at = :now, server_id = NULL
         WHERE status = 'running' AND finished_at IS NULL AND NOT has_pieces
           AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = imports.server_id)""")
    int failAbandoned(Instant now);

    /** Files that servers that are gone were taking in are to be deleted. */
    @SqlUpdate("""
        UPDATE imports
           SET user_id = NULL
         WHERE status = 'uploading' AND user_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = imports.server_id)""")
    int disownAbandoned();

    @SqlUpdate("""
        UPDATE imports
           SET status = 'cancelled', finished_at = :now, server_id = NULL
         WHERE id = :id AND user_id = :userId AND status IN ('queued', 'running')""")
    boolean cancel(long id, long userId, Instant now);

    @SqlQuery("SELECT " + COLUMNS + " FROM imports WHERE id = :id AND user_id = :userId AND status <> 'uploading'")
    Optional<Import> find(long id, long userId);

    @SqlQuery("SELECT " + COLUMNS + """
          FROM imports
         WHERE user_id = :userId AND status <> 'uploading'
         ORDER BY id DESC
         LIMIT :limit OFFSET :offset""")
    List<Import> list(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM imports WHERE user_id = :userId AND status <> 'uploading'")
    long count(long userId);

    /** A part of the report, in the order of the file. */
    @SqlQuery("""
        SELECT number, title, result, messages, detail, conversation_id
          FROM import_items
         WHERE import_id = :id AND number > :after
         ORDER BY number
         LIMIT :limit""")
    List<ImportItem> items(long id, long after, int limit);
}

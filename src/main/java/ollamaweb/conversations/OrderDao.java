package ollamaweb.conversations;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** How users have put their conversations in order: what comes first, what is put away, what it is filed under. */
public interface OrderDao {

    /** As its owner or as a member, each for oneself; null: stays. */
    default void set(long id, long userId, Boolean pinned, Boolean archived) {
        setOfOwner(id, userId, pinned, archived);
        setOfMember(id, userId, pinned, archived);
    }

    @SqlUpdate("""
        UPDATE conversations
           SET pinned = coalesce(:pinned, pinned), archived = coalesce(:archived, archived)
         WHERE id = :id AND user_id = :userId""")
    void setOfOwner(long id, long userId, Boolean pinned, Boolean archived);

    @SqlUpdate("""
        UPDATE conversation_members
           SET pinned = coalesce(:pinned, pinned), archived = coalesce(:archived, archived)
         WHERE conversation_id = :id AND user_id = :userId""")
    void setOfMember(long id, long userId, Boolean pinned, Boolean archived);

    @SqlQuery("SELECT COUNT(*) FROM conversation_tags WHERE conversation_id = :id AND user_id = :userId AND tag <> :tag")
    int countOthers(long id, long userId, String tag);

    /** Adds a tag after those that are there; one that is there stays where it is. */
    @SqlUpdate("""
        INSERT INTO conversation_tags (conversation_id, user_id, position, tag)
        SELECT :id, :userId, coalesce(MAX(position) + 1, 0), :tag
          FROM conversation_tags
         WHERE conversation_id = :id AND user_id = :userId
            ON CONFLICT DO NOTHING""")
    void tag(long id, long userId, String tag);

    @SqlUpdate("DELETE FROM conversation_tags WHERE user_id = :userId AND tag = :tag AND conversation_id = :id")
    void untag(long id, long userId, String tag);

    @SqlUpdate("DELETE FROM conversation_tags WHERE conversation_id = :id AND user_id = :userId")
    void untagAll(long id, long userId);

    /** From now on it has these tags and no others. */
    default void replaceTags(long id, long userId, List<String> tags) {
        untagAll(id, userId);
        tags.forEach(tag -> tag(id, userId, tag));
    }
}

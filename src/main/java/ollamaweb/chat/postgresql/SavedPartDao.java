package ollamaweb.chat.postgresql;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What is saved of answers in the making, of many in one statement. */
@RegisterConstructorMapper(SavedPartDao.Part.class)
public interface SavedPartDao {

    /**
     * Text that is saved of an answer in the making.
     *
     * @param messageId  the answer
     * @param isThinking whether the model thinks it, and does not say it
     * @param number     its place in all that is said, or thought, in UTF-8 bytes
     */
    record Part(long messageId, boolean isThinking, int number, String text) {}

    /**
     * @param ids     of the answers, with commas between them
     * @param thought how much is known of what each thinks, in UTF-8 bytes, in the same order
     * @param said    how much is known of what each says
     * @return the parts from the one on that holds this place, in order
     */
    @SqlQuery("""
        SELECT known.id AS message_id, TRUE AS is_thinking, number, text
          FROM unnest(CAST(string_to_array(:ids, ',') AS BIGINT[]), CAST(string_to_array(:thought, ',') AS INTEGER[])) AS known (id, place)
          JOIN thinking_parts
            ON message_id = known.id
           AND number >= coalesce((SELECT MAX(earlier.number) FROM thinking_parts AS earlier
                                    WHERE earlier.message_id = known.id AND earlier.number <= known.place), 0)
        UNION ALL
        SELECT known.id, FALSE, number, text
          FROM unnest(CAST(string_to_array(:ids, ',') AS BIGINT[]), CAST(string_to_array(:said, ',') AS INTEGER[])) AS known (id, place)
          JOIN message_parts
            ON message_id = known.id
           AND number >= coalesce((SELECT MAX(earlier.number) FROM message_parts AS earlier
                                    WHERE earlier.message_id = known.id AND earlier.number <= known.place), 0)
         ORDER BY message_id, is_thinking DESC, number""")
    List<Part> list(String ids, String thought, String said);
}

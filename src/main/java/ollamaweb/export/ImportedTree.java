package ollamaweb.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.http.ApiException;
import ollamaweb.http.ApiException.FieldError;

/**
 * Which of the messages of an import follows which; a message is named by its place in the list, from 0 on.
 *
 * @param parents of each message, or -1 where it is a beginning
 * @param current the message that the path leads to, or -1 when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ImportedTree(int[] parents, int current) {

    private static final int NONE = -1;

    /**
     * A message that does not say what it follows follows the one before it in the list.
     *
     * @param currentMessageId the id of a message; null: the last one
     * @throws ApiException 422 if an id is there twice, or names no message that comes earlier
     */
    static ImportedTree of(List<ImportedMessage> messages, Long currentMessageId) {
        var places = new HashMap<Long, Integer>();
        var parents = new int[messages.size()];
        var versions = new HashMap<Integer, Integer>();
        for (int i = 0; i < parents.length; i++) {
            parents[i] = parent(messages.get(i), i, places);
            require(versions.merge(parents[i], 1, Integer::sum) <= ConversationLimits.MAX_VERSIONS, "at most "
                    + ConversationLimits.MAX_VERSIONS + " messages can follow the same one", "messages", i, "parent_id");
            if (messages.get(i).id() != null) {
                require(places.put(messages.get(i).id(), i) == null, "is there twice", "messages", i, "id");
            }
        }
        require(currentMessageId == null || places.containsKey(currentMessageId), "is not the id of a message", "current_message_id");
        return new ImportedTree(parents, currentMessageId == null ? parents.length - 1 : places.get(currentMessageId));
    }

    private static int parent(ImportedMessage message, int place, Map<Long, Integer> places) {
        if (message.parentId() == null) {
            return place - 1;
        }
        if (message.parentId().isEmpty()) {
            return NONE;
        }
        var parent = places.get(message.parentId().get());
        require(parent != null, "is not the id of an earlier message", "messages", place, "parent_id");
        return parent;
    }

    private static void require(boolean holds, String msg, Object... field) {
        if (!holds) {
            var loc = new Object[field.length + 1];
            loc[0] = "body";
            System.arraycopy(field, 0, loc, 1, field.length);
            throw ApiException.invalid(List.of(new FieldError(List.of(loc), msg, "value_error")));
        }
    }
}

package ollamaweb.conversations;

import ollamaweb.http.ApiException;

/**
 * How much a conversation may hold, whoever adds to it.
 *
 * @param maxMessages    the most messages that a conversation can have
 * @param maxAnswerBytes how long an answer may become, as UTF-8, before it is ended
 */
public record ConversationLimits(int maxMessages, int maxAnswerBytes) {

    /** The most bytes that one message of a client may have, as UTF-8; an answer has a limit of its own. */
    public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** How many messages can follow the same one; each of them is told of all. */
    public static final int MAX_VERSIONS = 200;

    /**
     * @param present how many messages follow a message, or begin a conversation
     * @throws ApiException 409 if there is no room for another one
     */
    public static void requireRoomForVersion(int present) {
        if (present >= MAX_VERSIONS) {
            throw ApiException.conflict("A message can have at most " + MAX_VERSIONS + " versions");
        }
    }

    /**
     * @param present how many messages there are
     * @param more    how many are to be added
     * @throws ApiException 409 if there is no room for them
     */
    public void requireRoom(long present, int more) {
        if (present + more > maxMessages) {
            throw ApiException.conflict("A conversation can have at most " + maxMessages + " messages");
        }
    }
}

package ollamaweb.chat;

/** An answer that can be followed: one in the making, or one that was stored. */
interface Answer {

    /** @return the answer's message id */
    long id();

    TokenLog log();

    /** @return how it ended, or null while it is in the making; once it is there, the log is final */
    Ending ending();

    /** The follower wants to be woken for news; an answer that has ended has none. */
    default void join(Follower follower) {}

    default void leave(Follower follower) {}

    /** A stored answer. */
    record Stored(long id, TokenLog log, Ending ending) implements Answer {}
}

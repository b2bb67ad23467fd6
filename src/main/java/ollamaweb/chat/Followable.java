package ollamaweb.chat;

import java.time.Instant;
import java.util.Optional;

/** An answer in the making that clients can follow, whichever server makes it. */
interface Followable {

    /** @return the answer's message id */
    long id();

    /** @return what has been said and thought, as far as it is known here */
    TokenLog log();

    /** @return how it ended, or null while it is in the making; once it is there, the log is final */
    Outcome outcome();

    Instant startedAt();

    /**
     * @param reached how far a client has got, as it says
     * @return where to go on for it; empty if more may have been said than is known here yet
     */
    Optional<TokenLog.Position> position(LastEventId reached);

    void join(Follower follower);

    void leave(Follower follower);
}

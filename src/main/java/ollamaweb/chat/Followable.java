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

    /** @return its place in the line for its model, from 1 on; 0 where it does not wait, or that is not known here */
    default int queuePosition() {
        return 0;
    }

    void join(Follower follower);

    void leave(Follower follower);
}

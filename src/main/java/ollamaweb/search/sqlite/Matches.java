package ollamaweb.search.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import ollamaweb.json.Texts;
import ollamaweb.search.Search;
import ollamaweb.search.SearchHit;

/** Of the candidates that have been read, the newest that say what is searched for: as many as are wanted. */
final class Matches {

    private final Search search;
    private final TreeSet<Candidate> newest = new TreeSet<>(Candidate.OLDEST_FIRST);

    Matches(Search search) {
        this.search = search;
    }

    /** Keeps the candidate if it is a match, and newer than one of those that are kept or one of too few. */
    void take(Candidate candidate) {
        boolean isTooOld = isFull() && Candidate.OLDEST_FIRST.compare(candidate, newest.first()) < 0;
        if (!isTooOld && search.filter().isWithin(Instant.ofEpochMilli(candidate.moment()), candidate.messageId())
                && search.terms().match(Texts.fold(candidate.content()))) {
            newest.add(candidate);
            if (newest.size() > search.limit()) {
                newest.pollFirst();
            }
        }
    }

    /** @return whether, of candidates read from the highest position down, none from this one on would be kept */
    boolean endAt(Candidate candidate) {
        return isFull() && candidate.endsWhatIsNewerThan(newest.first());
    }

    /** @return newest first */
    List<SearchHit> hits() {
        return newest.descendingSet().stream()
                .map(message -> new SearchHit(message.conversationId(), message.messageId(), message.role(), message.content(),
                        Instant.ofEpochMilli(message.moment()), search.snippet(message.content())))
                .toList();
    }

    private boolean isFull() {
        return newest.size() == search.limit();
    }
}

package ollamaweb.search.sqlite;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import ollamaweb.conversations.Conversation;
import ollamaweb.json.Texts;
import ollamaweb.search.SearchHit;
import ollamaweb.search.SearchQuery;
import ollamaweb.search.Snippet;

/** One search through a user's messages: the index names candidates, newest first, and each is read to see if it is one. */
final class MessageSearch {

    /** So many messages are read faster than the index is asked about them. */
    private static final int FEW = 10_000;
    private static final int RECENT = 1000;

    private final SearchDao dao;
    private final long userId;
    private final long first;
    private final long last;
    private final Conversation conversation;
    private final SearchQuery query;
    private final String folded;
    private final TreeSet<Candidate> found = new TreeSet<>(Candidate.OLDEST_FIRST);

    /** @param conversation where to look; null: everywhere */
    MessageSearch(SearchDao dao, long userId, Conversation conversation, SearchQuery query) {
        this.dao = dao;
        this.userId = userId;
        this.first = Candidate.firstPosition(userId);
        this.last = Candidate.lastPosition(userId);
        this.conversation = conversation;
        this.query = query;
        this.folded = Texts.fold(query.query());
    }

    /** @return what was found, newest first */
    List<SearchHit> hits() {
        find();
        return found.descendingSet().stream()
                .map(message -> new SearchHit(message.conversationId(), message.messageId(), message.role(), message.content(),
                        Instant.ofEpochMilli(message.moment()), Snippet.of(message.content(), folded)))
                .toList();
    }

    private void find() {
        if (conversation != null && dao.count(conversation.id()) <= FEW) {
            read(dao.inConversation(conversation.id(), userId), FEW);
            return;
        }
        var spellings = spellings();
        if (spellings.stream().anyMatch(TrigramQuery::isShort) && read(dao.all(null, userId, within(), first, last), RECENT)) {
            return;
        }
        var grams = expression(spellings);
        read(grams == null
                ? dao.all(literal(), userId, within(), first, last)
                : dao.withGrams(grams, userId, within(), first, last), Long.MAX_VALUE);
    }

    /**
     * Keeps the newest of the candidates that have what is searched for.
     *
     * @param most how many candidates to read
     * @return whether nothing newer can follow
     */
    private boolean read(Stream<Candidate> candidates, long most) {
        try (candidates) {
            long read = 0;
            for (var each = candidates.iterator(); each.hasNext(); read++) {
                var candidate = each.next();
                if (isFull() && candidate.endsWhatIsNewerThan(found.first())) {
                    return true;
                }
                if (read == most) {
                    return false;
                }
                keep(candidate);
            }
            return true;
        }
    }

    private void keep(Candidate candidate) {
        boolean isTooOld = isFull() && Candidate.OLDEST_FIRST.compare(candidate, found.first()) < 0;
        if (!isTooOld && Texts.fold(candidate.content()).contains(folded)) {
            found.add(candidate);
            if (found.size() > query.limit()) {
                found.pollFirst();
            }
        }
    }

    private boolean isFull() {
        return found.size() == query.limit();
    }

    private Long within() {
        return conversation == null ? null : conversation.id();
    }

    /** @return an expression for any of the spellings, or null when there is none that would help */
    private String expression(Set<String> spellings) {
        var grams = new TrigramQuery(dao, first, last);
        var expressions = new ArrayList<String>();
        for (var spelling : spellings) {
            var expression = grams.expression(spelling);
            if (expression.isEmpty()) {
                return null;
            }
            expressions.add(expression.get());
        }
        return String.join(" OR ", expressions);
    }

    /** The index folds letter by letter and does not compose them: a text is found as it folds, decomposed, and as typed. */
    private Set<String> spellings() {
        var spellings = new LinkedHashSet<String>();
        spellings.add(folded);
        spellings.add(Normalizer.normalize(folded, Normalizer.Form.NFD));
        spellings.add(query.query().toLowerCase(Locale.ROOT));
        return spellings;
    }

    /** @return the query if there is one way to write it, as in Chinese; else null */
    private String literal() {
        boolean isWrittenInOneWay = spellings().size() == 1 && folded.toUpperCase(Locale.ROOT).equals(folded);
        return isWrittenInOneWay ? folded : null;
    }
}

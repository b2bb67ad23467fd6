package ollamaweb.search.sqlite;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Those of some grams that are worth asking for: common ones cost much and exclude little. A gram is rare when one has to go
 * far back to find it a number of times.
 *
 * @param reach how far the rarest one goes back, as a position; 0: to the beginning
 * @param grams the rarest, from the rarest on
 */
record RarestGrams(long reach, List<String> grams) {

    static final int NTH = 64;

    /** How many grams are looked at, and how many of them are asked for. */
    private static final int LOOKED_AT = 24;
    private static final int ASKED_FOR = 6;

    private record Reach(String gram, long position) {}

    /**
     * @param all   at least one
     * @param reach the position where the {@link #NTH} newest entry with a gram stands
     */
    static RarestGrams of(List<String> all, ToLongFunction<String> reach) {
        int size = Math.min(all.size(), LOOKED_AT);
        var rarest = IntStream.range(0, size)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / size)))
                .map(gram -> new Reach(gram, reach.applyAsLong(gram)))
                .sorted(Comparator.comparingLong(Reach::position))
                .limit(ASKED_FOR)
                .toList();
        return new RarestGrams(rarest.get(0).position(), rarest.stream().map(Reach::gram).toList());
    }
}

package ollamaweb.imports.sources;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where the rows of each of many groups are, such as the messages of each conversation; in the order in which they were found. */
public final class RowPlaces {

    private static final int MOST_ROWS = 2_000_000;
    private static final int MOST_GROUPS = 200_000;
    private static final int LONGEST_NAME = 500;

    private final Map<String, Places> groups = new LinkedHashMap<>();
    private int rows;

    /** A list of numbers that grows. */
    private static final class Places {
        private long[] positions = new long[2];
        private int count;
    }

    /** @throws UnreadableException if there are more than can be remembered */
    public void add(String group, long position) throws UnreadableException {
        if (group.length() > LONGEST_NAME) {
            return; // no id and no name is that long
        }
        var places = groups.computeIfAbsent(group, name -> new Places());
        if (++rows > MOST_ROWS || groups.size() > MOST_GROUPS) {
            throw new UnreadableException("The file has more rows than can be imported at once.");
        }
        if (places.count == places.positions.length) {
            places.positions = Arrays.copyOf(places.positions, places.count * 2);
        }
        places.positions[places.count++] = position;
    }

    public Set<String> groups() {
        return groups.keySet();
    }

    /** @return none where the group is not known */
    public long[] of(String group) {
        var places = groups.get(group);
        return places == null ? new long[0] : Arrays.copyOf(places.positions, places.count);
    }
}

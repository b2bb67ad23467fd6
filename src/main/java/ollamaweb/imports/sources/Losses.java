package ollamaweb.imports.sources;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what cannot be brought along of one conversation. */
public final class Losses {

    private final Map<Loss, Integer> counts = new EnumMap<>(Loss.class);

    public void add(Loss loss) {
        add(loss, 1);
    }

    public void add(Loss loss, int count) {
        if (count > 0) {
            counts.merge(loss, count, Integer::sum);
        }
    }

    /** @return a sentence for each kind */
    public List<String> notes() {
        return counts.entrySet().stream().map(entry -> entry.getKey().sentence(entry.getValue())).toList();
    }
}

package ollamaweb.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places of a text and what is to stand there instead. */
final class Edits {

    private record Edit(int start, int end, String replacement) {}

    private static final Comparator<Edit> LEFT_TO_RIGHT =
            Comparator.comparingInt(Edit::start).thenComparing(Edit::end, Comparator.reverseOrder());

    private final List<Edit> edits = new ArrayList<>();

    void replace(int start, int end, String replacement) {
        edits.add(new Edit(start, end, replacement));
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** @return the edited text; of two edits that overlap the first, or longer, one is made */
    String apply(String text) {
        edits.sort(LEFT_TO_RIGHT);
        var edited = new StringBuilder(text.length() + 4 * edits.size());
        int done = 0;
        for (var edit : edits) {
            if (edit.start() >= done) {
                edited.append(text, done, edit.start()).append(edit.replacement());
                done = edit.end();
            }
        }
        return edited.append(text, done, text.length()).toString();
    }
}

package ollamaweb.insights;

import java.util.ArrayList;
import java.util.List;

/** What the model gets to read, item by item, and so what its text can be traced to. */
record PromptContext(List<Item> items) {

    /** In characters: with the instructions and the answer it fits the 4096 tokens that a model reads by default. */
    private static final int MAX_LENGTH = 10_000;

    /** One line about one thing. */
    record Item(Source source, String text) {

        @Override
        public String toString() {
            return source.mark() + " " + text;
        }
    }

    /** @param items as many of them as there is room for are taken, from the first on */
    static PromptContext fitting(List<Item> items) {
        var taken = new ArrayList<Item>();
        int length = 0;
        for (var item : items) {
            length += item.toString().length();
            if (length > MAX_LENGTH) {
                break;
            }
            taken.add(item);
        }
        return new PromptContext(taken);
    }

    /** @return whether all of them had room */
    boolean hasAll(List<Item> wanted) {
        return items.size() == wanted.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    List<Source> sources() {
        return items.stream().map(Item::source).toList();
    }
}

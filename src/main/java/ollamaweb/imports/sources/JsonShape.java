package ollamaweb.imports.sources;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be told of a JSON document from its beginning.
 *
 * @param isList  whether it is a list, else it is an object
 * @param members the names in the object, or in each of the first objects of the list, as far as they were looked at
 */
public record JsonShape(boolean isList, List<Set<String>> members) {

    private static final JsonShape NONE = new JsonShape(false, List.of());
    private static final int OBJECTS = 20;
    private static final int NAMES = 200;
    /** How far the first objects may go that are looked at one after the other, and how far a single one. */
    private static final long NEAR = 1L << 20;
    private static final long FAR = 32L << 20;

    /** @return of a document that is none, or is cut, what there is of it */
    public static JsonShape of(InputStream in) throws IOException {
        var scanner = new JsonScanner(in);
        int first = scanner.peek();
        var members = new ArrayList<Set<String>>();
        try {
            if (first == '{') {
                addNames(scanner, members);
            } else if (first == '[') {
                scanner.beginArray();
                while (members.size() < OBJECTS && scanner.position() < NEAR && scanner.nextElement()) {
                    addNames(scanner, members);
                }
            } else {
                return NONE;
            }
        } catch (UnreadableException e) {
            // what was seen until there is enough to tell the format; the reader says what is wrong
        }
        return new JsonShape(first == '[', members);
    }

    /** @return whether one of the objects has all of these members */
    public boolean has(String... names) {
        return members.stream().anyMatch(some -> some.containsAll(Set.of(names)));
    }

    /** @return whether it is a list in which an object has all of these members */
    public boolean isListWith(String... names) {
        return isList && has(names);
    }

    /** @return whether it is an object that has all of these members */
    public boolean isObjectWith(String... names) {
        return !isList && has(names);
    }

    /** @return whether it is a list with nothing in it */
    public boolean isEmptyList() {
        return isList && members.isEmpty();
    }

    private static void addNames(JsonScanner scanner, Collection<Set<String>> members) throws IOException {
        var names = new HashSet<String>();
        members.add(names);
        if (scanner.peek() != '{') {
            scanner.value();
            return;
        }
        scanner.beginObject();
        for (var name = scanner.nextName(); name != null; name = scanner.nextName()) {
            if (names.size() < NAMES) {
                names.add(name);
            }
            if (scanner.position() > FAR) {
                throw new UnreadableException("Looked at far enough.");
            }
            scanner.value();
        }
    }
}

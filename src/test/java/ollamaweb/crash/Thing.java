package ollamaweb.crash;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Something that the server has acknowledged, and what it may be when it is asked for again. */
final class Thing {

    /** It does not exist any more. */
    static final String GONE = "gone";

    private final String name;
    private final State state;
    private final Set<String> allowed = new HashSet<>();

    /** Asks the server what became of it. */
    @FunctionalInterface
    interface State {
        String of(Api api) throws IOException;
    }

    /** @param is what the server has acknowledged */
    Thing(String name, State state, String is) {
        this.name = name;
        this.state = state;
        allowed.add(is);
    }

    /** A request that changes it is about to be sent: whether it came through is open. */
    synchronized void mayBecome(String next) {
        allowed.add(next);
    }

    /** The request was acknowledged. */
    synchronized void is(String now) {
        allowed.clear();
        allowed.add(now);
    }

    /** Compares it with what the server has; that is what it has to be from now on. */
    synchronized void check(Api api) throws IOException {
        var found = state.of(api);
        if (!allowed.contains(found)) {
            throw new Broken(name + " has to be " + String.join(" or ", allowed) + ", and is " + found);
        }
        is(found);
    }

    synchronized boolean isGone() {
        return allowed.equals(Set.of(GONE));
    }
}

package ollamaweb.turns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Who waits for one host: round robin between accounts, in the order of asking for each. Not safe for several threads. */
final class HostLine {

    /** The account whose turn is next comes first. */
    private final Map<Long, Queue<Turn>> waiting = new LinkedHashMap<>();
    private int count;
    /** How many have their turn, and how many of those have it for what nobody waits for. */
    int running;
    int background;

    int waiting() {
        return count;
    }

    int waiting(long account) {
        var own = waiting.get(account);
        return own == null ? 0 : own.size();
    }

    void add(Turn turn) {
        waiting.computeIfAbsent(turn.account(), newcomer -> new ArrayDeque<>()).add(turn);
        count++;
    }

    /** @return whether it was waiting */
    boolean remove(Turn turn) {
        var own = waiting.get(turn.account());
        if (own == null || !own.remove(turn)) {
            return false;
        }
        if (own.isEmpty()) {
            waiting.remove(turn.account());
        }
        count--;
        return true;
    }

    /** Takes out the one whose turn it is; there has to be one. */
    Turn next() {
        var account = waiting.keySet().iterator().next();
        var own = waiting.remove(account);
        var next = own.remove();
        if (!own.isEmpty()) {
            waiting.put(account, own); // behind all others
        }
        count--;
        return next;
    }

    /** @return all who wait, in the order of their turns as it is now */
    List<Turn> inOrder() {
        var order = new ArrayList<Turn>(count);
        var rest = new ArrayList<>(waiting.values().stream().map(Queue::iterator).toList());
        while (!rest.isEmpty()) {
            rest.removeIf(own -> {
                order.add(own.next());
                return !own.hasNext();
            });
        }
        return order;
    }

    boolean isEmpty() {
        return count == 0 && running == 0;
    }
}

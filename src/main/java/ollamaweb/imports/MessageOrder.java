package ollamaweb.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.imports.sources.SourceMessage;

/**
 * The messages of a conversation so that each comes after the one that it follows, whatever its source says.
 *
 * @param messages in that order, otherwise in the order of the source
 * @param parents  the place in {@code messages} of the one that each follows, or -1 at a beginning
 */
record MessageOrder(List<SourceMessage> messages, List<Integer> parents) {

    private static final int NONE = -1;

    /**
     * @param notes is told what was not as it should be
     * @throws UnfitException if too many messages follow the same one
     */
    static MessageOrder of(List<SourceMessage> given, List<String> notes) {
        var unique = unique(given, notes);
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < unique.size(); i++) {
            places.put(unique.get(i).id(), i);
        }
        var parents = parents(unique, places, notes);
        cutCircles(parents, notes);
        requireRoom(parents);
        return sorted(unique, parents);
    }

    private static List<SourceMessage> unique(List<SourceMessage> given, List<String> notes) {
        var byId = new HashMap<String, SourceMessage>();
        var unique = new ArrayList<SourceMessage>(given.size());
        for (var message : given) {
            if (byId.put(message.id(), message) == null) {
                unique.add(message);
            }
        }
        note(notes, given.size() - unique.size(), "came twice and was taken once");
        return unique;
    }

    private static int[] parents(List<SourceMessage> messages, Map<String, Integer> places, List<String> notes) {
        var parents = new int[messages.size()];
        int orphans = 0;
        for (int i = 0; i < parents.length; i++) {
            var parent = messages.get(i).parentId();
            parents[i] = parent == null ? NONE : places.getOrDefault(parent, NONE);
            orphans += parent != null && parents[i] == NONE ? 1 : 0;
        }
        note(notes, orphans, "follows one that is not in the file, and stands at a beginning");
        return parents;
    }

    private static void cutCircles(int[] parents, List<String> notes) {
        var walk = new int[parents.length]; // in which walk towards the beginning each was met
        int cut = 0;
        for (int i = 0; i < parents.length; i++) {
            int at = i;
            while (at != NONE && walk[at] == 0) {
                walk[at] = i + 1;
                if (parents[at] != NONE && walk[parents[at]] == i + 1) {
                    parents[at] = NONE;
                    cut++;
                }
                at = parents[at];
            }
        }
        note(notes, cut, "follows itself in a circle, and stands at a beginning");
    }

    private static void requireRoom(int[] parents) {
        var followers = new HashMap<Integer, Integer>();
        for (int parent : parents) {
            if (followers.merge(parent, 1, Integer::sum) > ConversationLimits.MAX_VERSIONS) {
                throw new UnfitException("More than " + ConversationLimits.MAX_VERSIONS + " of its messages follow the same one.");
            }
        }
    }

    private static MessageOrder sorted(List<SourceMessage> messages, int[] parents) {
        var followers = new HashMap<Integer, List<Integer>>();
        for (int i = 0; i < parents.length; i++) {
            followers.computeIfAbsent(parents[i], parent -> new ArrayList<>()).add(i);
        }
        var ready = new PriorityQueue<Integer>(followers.getOrDefault(NONE, List.of()));
        var newPlaces = new int[parents.length];
        Arrays.fill(newPlaces, NONE);
        var sorted = new ArrayList<SourceMessage>(parents.length);
        var newParents = new ArrayList<Integer>(parents.length);
        for (var next = ready.poll(); next != null; next = ready.poll()) {
            newPlaces[next] = sorted.size();
            sorted.add(messages.get(next));
            newParents.add(parents[next] == NONE ? NONE : newPlaces[parents[next]]);
            ready.addAll(followers.getOrDefault(next, List.of()));
        }
        return new MessageOrder(sorted, newParents);
    }

    private static void note(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add((count == 1 ? "1 message " : "Of " + count + " messages each ") + what + ".");
        }
    }
}

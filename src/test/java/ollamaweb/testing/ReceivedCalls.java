package ollamaweb.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened so far: calls per path, the chats received (the latest few hundred) and how streams ended. */
final class ReceivedCalls {
    private static final int CHATS_KEPT = 500;

    private final Map<String, Integer> calls = new HashMap<>();
    private final Deque<ReceivedChat> chats = new ArrayDeque<>();
    private int openStreams;
    private int clientsGone;

    synchronized void called(String path) {
        calls.merge(path, 1, Integer::sum);
    }

    synchronized void received(ReceivedChat chat) {
        if (chats.size() == CHATS_KEPT) {
            chats.removeFirst();
        }
        chats.addLast(chat);
    }

    synchronized void streamOpened() {
        openStreams++;
    }

    synchronized void streamClosed(boolean clientLeft) {
        openStreams--;
        clientsGone += clientLeft ? 1 : 0;
    }

    synchronized int calls(String path) {
        return calls.getOrDefault(path, 0);
    }

    synchronized List<ReceivedChat> chats() {
        return List.copyOf(chats);
    }

    synchronized int openStreams() {
        return openStreams;
    }

    synchronized int clientsGone() {
        return clientsGone;
    }
}

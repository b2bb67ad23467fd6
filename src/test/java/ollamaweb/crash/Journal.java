package ollamaweb.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the server has acknowledged, kept by the one who asked. */
final class Journal {

    /** What was not touched for long is looked at as a sample; all of it at the end. */
    private static final int SAMPLE = 200;
    /** So soon a server that was killed is known to be gone, where there may be others, and one is there to see it. */
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(30);

    private final List<Thing> things = new ArrayList<>();
    private final List<Thing> fresh = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private int acknowledged;

    synchronized Thing add(Thing thing) {
        fresh.add(thing);
        return thing;
    }

    synchronized Reply add(Reply reply) {
        replies.add(reply);
        return reply;
    }

    synchronized void acknowledge() {
        acknowledged++;
    }

    /** @return how many requests were acknowledged so far */
    synchronized int acknowledged() {
        return acknowledged;
    }

    /** Compares what was touched last, and some of all else, with what the server has after it was killed. */
    synchronized void check(Api api, long killedAt, Random random) throws IOException {
        for (var thing : fresh) {
            thing.check(api);
        }
        for (int i = 0; i < Math.min(SAMPLE, things.size()); i++) {
            things.get(random.nextInt(things.size())).check(api);
        }
        things.addAll(fresh);
        fresh.clear();
        settle(api, killedAt);
    }

    /** Compares everything, and waits for answers that killed servers had under way. */
    synchronized void checkAll(Api api, long killedAt) throws IOException, InterruptedException {
        long end = System.nanoTime() + RELEASED_WITHIN.toNanos();
        for (settle(api, killedAt); !replies.isEmpty(); settle(api, killedAt)) {
            if (System.nanoTime() > end) {
                throw new Broken("Conversation " + replies.get(0).conversationId() + " is locked by an answer that nobody makes");
            }
            Thread.sleep(100);
        }
        for (var thing : things) {
            thing.check(api);
        }
    }

    /** Where an answer is settled, the next question can be asked. */
    private void settle(Api api, long killedAt) throws IOException {
        var left = new ArrayList<Reply>();
        for (var reply : replies) {
            reply.killed(killedAt);
            var settled = reply.check(api);
            if (settled.isPresent()) {
                things.add(settled.get());
                api.post("/api/chat/stream", "{\"message\":\"And then?\",\"model_name\":\"echo\",\"stream\":false,\"conversation_id\":"
                        + reply.conversationId() + "}").ok();
            } else {
                left.add(reply);
            }
        }
        replies.clear();
        replies.addAll(left);
    }
}

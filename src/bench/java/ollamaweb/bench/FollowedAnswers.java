package ollamaweb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers that were asked on the first server of several at the same moment, and followed there and on all others. */
final class FollowedAnswers {

    /** One of them, with all who follow it: on the server that makes it, then on the others. */
    private static final class Followed {

        final FollowingClient asking;
        final List<FollowingClient> following = new ArrayList<>();

        Followed(FollowingClient asking) {
            this.asking = asking;
        }

        void follow(EventLoop loop, Deployment servers) throws IOException {
            if (!following.isEmpty() || asking.answerId() == 0) {
                return;
            }
            var request = Target.get("/api/chat/stream/" + asking.answerId(), ServerProcess.KEY);
            for (int port : servers.ports()) {
                var client = new FollowingClient(asking.size());
                following.add(client);
                loop.open(port, client, request);
            }
        }
    }

    private final List<Followed> all;

    private FollowedAnswers(List<Followed> all) {
        this.all = all;
    }

    /** Asks that many questions, and waits for all the answers. */
    static FollowedAnswers ask(Deployment servers, int count, Pace pace, Duration limit) throws IOException {
        var all = new ArrayList<Followed>();
        try (var loop = new EventLoop()) {
            var request = servers.targets().get(0).request().apply(pace.model());
            for (int i = 0; i < count; i++) {
                var followed = new Followed(new FollowingClient(pace.tokens()));
                all.add(followed);
                loop.open(servers.ports().get(0), followed.asking, request);
            }
            loop.run(limit, () -> follow(all, loop, servers));
        }
        for (var followed : all) {
            followed.asking.orThrow();
        }
        return new FollowedAnswers(all);
    }

    private static void follow(List<Followed> all, EventLoop loop, Deployment servers) {
        try {
            for (var followed : all) {
                followed.follow(loop, servers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return for each token on each other server, how much later it came there than to who follows it on the server that makes it
     * @throws IOException if a token was lost, doubled or wrong
     */
    Samples later() throws IOException {
        var later = new Samples();
        for (var followed : all) {
            var own = followed.following.get(0).orThrow();
            for (var other : others(followed)) {
                other.orThrow();
                for (int i = 0; i < other.size(); i++) {
                    later.add(other.arrival(i) - own.arrival(i));
                }
            }
        }
        return later;
    }

    /** @return how many followed one to its end on another server, with every token in its place */
    int whole() {
        return (int) all.stream().flatMap(followed -> others(followed).stream()).filter(FollowingClient::isWhole).count();
    }

    private static List<FollowingClient> others(Followed followed) {
        return followed.following.subList(1, followed.following.size());
    }
}

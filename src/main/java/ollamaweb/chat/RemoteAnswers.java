package ollamaweb.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import ollamaweb.chat.GenerationDao.Stored;
import ollamaweb.chat.RemoteDao.Running;
import ollamaweb.chat.postgresql.SavedPartDao;
import ollamaweb.cluster.Peers;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.StoredContent;

/**
 * The answers of other servers that clients follow here. What they say comes through Redis as it is said, and from the
 * database as it is saved, twice a second, where there is no Redis or it has nothing to tell; how they end is read from the
 * database alone.
 */
final class RemoteAnswers {

    private static final String STOP = "stop";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    /** One that Redis has brought something of so recently is not looked for in the database. */
    private static final long RECENTLY = Duration.ofSeconds(1).toNanos();
    /** Longer than a client takes from asking for an answer to following it. */
    private static final long UNFOLLOWED = Duration.ofSeconds(10).toNanos();

    /** How many answers are looked for with one statement: what they have said meanwhile is in memory at once. */
    private static final int READ_AT_ONCE = 100;

    private final Map<Long, RemoteAnswer> followed = new ConcurrentHashMap<>();
    private final RemoteDao answers;
    private final SavedPartDao parts;
    private final MessageDao messages;
    private final Peers peers;
    private final MemoryBudget memory;
    private final GenerationWatch watch;

    RemoteAnswers(Database database, Peers peers, MemoryBudget memory, GenerationWatch watch) {
        this.answers = database.reader(RemoteDao.class);
        this.parts = database.reader(SavedPartDao.class);
        this.messages = database.reader(MessageDao.class);
        this.peers = peers;
        this.memory = memory;
        this.watch = watch;
    }

    /** Begins to hear the other servers. */
    void start(Map<Long, Generation> running) {
        if (!peers.canHaveOthers()) {
            return;
        }
        peers.announcements().on(STOP, id -> {
            var generation = running.get(Long.parseLong(id));
            if (generation != null) {
                generation.end(Outcome.stopped());
            }
        });
        peers.streams().ifPresent(streams -> streams.onFollow(id -> {
            var generation = running.get(id);
            if (generation != null) {
                generation.share(streams);
            }
        }));
        watch.addDuty("Following", this::look, now -> followed.values().forEach(answer -> answer.pingSilentFollowers(now)));
    }

    /** @return the answer, which another server has in the making */
    Followable find(Stored stored) {
        return followed.computeIfAbsent(stored.id(), id -> begin(stored));
    }

    /** @return whether another server has the answer in the making, according to its row */
    boolean makes(Stored stored) {
        return peers.canHaveOthers() && stored.isStreaming() && stored.serverId() != null && stored.serverId() != peers.serverId();
    }

    /** @return the answer as it is stored once another server has stopped making it; null if it has not after so long */
    CompletableFuture<Stored> stop(long id) {
        peers.announcements().publish(STOP, Long.toString(id));
        return watch.poll(STOP_TIMEOUT, () -> answers.findAny(id).filter(stored -> !stored.isStreaming()).orElse(null));
    }

    private RemoteAnswer begin(Stored stored) {
        var answer = new RemoteAnswer(stored.id(), stored.serverId(), stored.startedAt(), new ReservedMemory(memory),
                () -> watch.soon(() -> lookAt(stored.id())));
        try {
            answer.add(true, 0, answers.thinking(stored.id()).orElse("").getBytes(StandardCharsets.UTF_8));
            answer.add(false, 0, answers.content(stored.id()).orElse("").getBytes(StandardCharsets.UTF_8));
            readSaved(List.of(answer));
            if (answer.outcome() != null) {
                throw ApiException.busy("The server is busy, please try again", 1);
            }
        } catch (RuntimeException e) {
            answer.end(Outcome.notFollowedHere()); // gives its memory back
            throw e;
        }
        peers.streams().ifPresent(streams -> streams.follow(stored.id(), answer));
        return answer;
    }

    private void look() {
        if (followed.isEmpty()) {
            return;
        }
        var running = answers.listAllRunning().stream().collect(Collectors.toMap(Running::id, Running::serverId));
        var silent = new ArrayList<RemoteAnswer>();
        long now = System.nanoTime();
        for (var answer : List.copyOf(followed.values())) {
            if (answer.outcome() != null || answer.idle(now) > UNFOLLOWED) {
                drop(answer, Outcome.notFollowedHere());
            } else if (!running.containsKey(answer.id())) {
                end(answer);
            } else if (running.get(answer.id()) != answer.serverId()) {
                drop(answer, Outcome.closedElsewhere()); // and goes on from what was saved, which may be less
            } else if (!answer.isHeard(now, RECENTLY)) {
                peers.streams().ifPresent(streams -> streams.remind(answer.id()));
                silent.add(answer);
            }
        }
        for (int from = 0; from < silent.size(); from += READ_AT_ONCE) {
            readSaved(silent.subList(from, Math.min(silent.size(), from + READ_AT_ONCE)));
        }
    }

    /** What another server says of the end is looked up: the answer may go on already, on another one. */
    private void lookAt(long id) {
        var answer = followed.get(id);
        if (answer != null && answers.findStatus(id).filter("streaming"::equals).isEmpty()) {
            end(answer);
        }
    }

    /** In one statement, however many answers these are. */
    private void readSaved(List<RemoteAnswer> few) {
        var byId = few.stream().collect(Collectors.toMap(RemoteAnswer::id, answer -> answer));
        var saved = parts.list(
                commaSeparated(few, RemoteAnswer::id),
                commaSeparated(few, answer -> answer.log().thinkingEnd()),
                commaSeparated(few, answer -> answer.log().end()));
        for (var part : saved) {
            byId.get(part.messageId()).add(part.isThinking(), part.number(), part.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String commaSeparated(List<RemoteAnswer> few, ToLongFunction<RemoteAnswer> number) {
        return few.stream().mapToLong(number).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    /** Whoever follows it gets the rest, and how it ended. */
    private void end(RemoteAnswer answer) {
        var stored = answers.findAny(answer.id());
        stored.ifPresent(found -> readRest(answer, found));
        drop(answer, stored.map(StoredAnswer::outcome).orElseGet(Outcome::deleted));
    }

    private void readRest(RemoteAnswer answer, Stored stored) {
        int thought = answer.log().thinkingEnd();
        int said = answer.log().end();
        answer.add(true, thought, all(new StoredContent(messages::thinkingPiece, stored.id(), stored.thinkingBytes(), thought)));
        answer.add(false, said, all(new StoredContent(messages, stored.id(), stored.bytes(), said)));
    }

    private static byte[] all(StoredContent text) {
        try (text) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop(RemoteAnswer answer, Outcome outcome) {
        followed.remove(answer.id(), answer);
        peers.streams().ifPresent(streams -> streams.unfollow(answer.id()));
        answer.end(outcome);
    }

    /** Their followers hear that they have to follow them elsewhere. */
    void close() {
        followed.values().forEach(answer -> drop(answer, Outcome.shutDown()));
    }
}

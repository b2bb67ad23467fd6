package ollamaweb.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings conversations in, and puts them in order: many at once, into the archive, the trash and back, or away. */
final class Imports {

    private static final String CONVERSATIONS = "/api/conversations/";
    private static final int MOST_MESSAGES = 400;
    private static final int MOST_CHARACTERS = 2000;
    private static final int AT_ONCE = 5;

    private final Api api;
    private final Journal journal;
    private final Random random;
    private final List<Own> own = new ArrayList<>();

    private static final class Own {
        private final long id;
        private final int messages;
        private final Thing thing;
        private boolean archived;
        private String tags = "[]";

        Own(long id, int messages, Journal journal) {
            this.id = id;
            this.messages = messages;
            this.thing = journal.add(new Thing("Conversation " + id, api -> Imports.state(api, id), state()));
        }

        String state() {
            return messages + "|" + archived + "|" + tags;
        }
    }

    Imports(Api api, Journal journal, long seed) {
        this.api = api;
        this.journal = journal;
        this.random = new Random(seed);
    }

    void once() throws IOException {
        switch (own.size() < AT_ONCE ? 0 : random.nextInt(5)) {
            case 0, 1 -> bringIn();
            case 2 -> order();
            case 3 -> throwAway();
            default -> delete();
        }
        journal.acknowledge();
    }

    private void bringIn() throws IOException {
        int count = 1 + random.nextInt(MOST_MESSAGES);
        var messages = IntStream.range(0, count)
                .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\""
                        + "rye ".repeat(random.nextInt(MOST_CHARACTERS / 4)) + i + "\"}")
                .collect(Collectors.joining(","));
        long id = api.post("/api/export/conversations/import", "{\"model_name\":\"echo\",\"messages\":[" + messages + "]}").ok().json()
                .path("conversation_id").asLong();
        own.add(new Own(id, count, journal));
    }

    private void order() throws IOException {
        var some = some();
        var tag = "tag " + random.nextInt(100);
        boolean archives = random.nextBoolean();
        for (var each : some) {
            if (archives) {
                each.archived = !each.archived;
            } else {
                each.tags = "[\"" + tag + "\"]";
            }
        }
        if (archives) {
            batch("archive", some.stream().filter(each -> each.archived).toList(), "");
            batch("unarchive", some.stream().filter(each -> !each.archived).toList(), "");
        } else {
            batch("tag", some, ",\"tag\":\"" + tag + "\"");
            own.removeAll(some); // each is tagged once
        }
    }

    private void throwAway() throws IOException {
        for (var each : some()) {
            var before = each.state();
            each.thing.mayBecome("trash");
            api.post(CONVERSATIONS + each.id + "/trash", "").ok();
            each.thing.is("trash");
            if (random.nextBoolean()) {
                each.thing.mayBecome(before);
                api.post("/api/trash/" + each.id + "/restore", "").ok();
                each.thing.is(before);
            } else {
                own.remove(each);
            }
        }
    }

    private void delete() throws IOException {
        var some = some();
        some.forEach(each -> each.thing.mayBecome(Thing.GONE));
        send("delete", some, "");
        some.forEach(each -> each.thing.is(Thing.GONE));
        own.removeAll(some);
    }

    private List<Own> some() {
        int from = random.nextInt(own.size());
        return List.copyOf(own.subList(from, Math.min(own.size(), from + 1 + random.nextInt(AT_ONCE))));
    }

    private void batch(String action, List<Own> some, String more) throws IOException {
        if (!some.isEmpty()) {
            some.forEach(each -> each.thing.mayBecome(each.state()));
            send(action, some, more);
            some.forEach(each -> each.thing.is(each.state()));
        }
    }

    private void send(String action, List<Own> some, String more) throws IOException {
        var ids = some.stream().map(each -> Long.toString(each.id)).collect(Collectors.joining(","));
        var failed = api.post("/api/conversations/batch", "{\"ids\":[" + ids + "],\"action\":\"" + action + "\"" + more + "}").ok().json()
                .path("failed");
        if (!failed.isEmpty()) {
            throw new Broken("Of a batch (" + action + ") something failed: " + failed);
        }
    }

    private static String state(Api api, long id) throws IOException {
        var answer = api.get(CONVERSATIONS + id + "?limit=1");
        if (answer.status() == 404) {
            return api.get("/api/trash/" + id + "?limit=1").status() == 404 ? Thing.GONE : "trash";
        }
        var conversation = answer.ok().json();
        return conversation.path("message_count").asInt() + "|" + conversation.path("archived").asBoolean() + "|"
                + conversation.path("tags");
    }
}

package ollamaweb.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes tasks, changes them, completes them and deletes them. */
final class Tasks {

    private static final String TASKS = "/api/v1/tasks";

    private final Api api;
    private final Journal journal;
    private final Random random;
    private final List<Own> own = new ArrayList<>();

    private record Own(long id, Thing thing) {}

    Tasks(Api api, Journal journal, long seed) {
        this.api = api;
        this.journal = journal;
        this.random = new Random(seed);
    }

    void once() throws IOException {
        if (own.isEmpty() || random.nextInt(3) == 0) {
            create();
            return;
        }
        var task = own.get(random.nextInt(own.size()));
        if (random.nextInt(4) == 0) {
            task.thing().mayBecome(Thing.GONE);
            api.delete(path(task.id())).ok();
            task.thing().is(Thing.GONE);
            own.remove(task);
        } else {
            var title = "Title " + random.nextInt();
            var next = title + "|in_progress";
            task.thing().mayBecome(next);
            api.patch(path(task.id()), "{\"title\":\"" + title + "\",\"status\":\"in_progress\"}").ok();
            task.thing().is(next);
        }
        journal.acknowledge();
    }

    private void create() throws IOException {
        var title = "Title " + random.nextInt();
        long id = api.post(TASKS, "{\"title\":\"" + title + "\"}").ok().json().at("/data/id").asLong();
        own.add(new Own(id, journal.add(new Thing("Task " + id, api -> state(api, id), title + "|open"))));
        journal.acknowledge();
    }

    private static String state(Api api, long id) throws IOException {
        var answer = api.get(path(id));
        if (answer.status() == 404) {
            return Thing.GONE;
        }
        var task = answer.ok().json().path("data");
        return task.path("title").asText() + "|" + task.path("status").asText();
    }

    private static String path(long id) {
        return TASKS + "/" + id;
    }
}

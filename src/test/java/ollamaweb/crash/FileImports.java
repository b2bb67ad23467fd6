package ollamaweb.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings files of another program in. What is acknowledged is read to its end, by whichever server is there, and comes once. */
final class FileImports {

    private static final String IMPORTS = "/api/import";
    private static final int MOST_CONVERSATIONS = 60;
    private static final int MOST_MESSAGES = 20;
    private static final int MOST_CHARACTERS = 2000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long PAUSE_MS = 20;
    /** Of servers that may be there, a killed one is known to be gone after some time. */
    private static final Duration ALL_READ_WITHIN = Duration.ofMinutes(2);

    private final Api api;
    private final Journal journal;
    private final Random random;

    FileImports(Api api, Journal journal, long seed) {
        this.api = api;
        this.journal = journal;
        this.random = new Random(seed);
    }

    void once() throws IOException {
        var title = "File " + random.nextLong();
        int count = 1 + random.nextInt(MOST_CONVERSATIONS);
        var answer = api.upload(IMPORTS, "sessions.json", sessions(title, count));
        if (answer.status() != TOO_MANY_REQUESTS) {
            long id = answer.ok().json().path("id").asLong();
            journal.add(new Thing(title, api -> state(api, id, title, count), whole(count)));
            journal.acknowledge();
        }
        pause(PAUSE_MS);
    }

    /** Waits until nothing of what was brought in is left to be read. */
    static void awaitAll(Api api) throws IOException {
        long end = System.nanoTime() + ALL_READ_WITHIN.toNanos();
        while (isAnyOpen(api.get(IMPORTS + "?page_size=100").ok().json().path("imports"))) {
            if (System.nanoTime() > end) {
                throw new Broken("An import does not come to its end");
            }
            pause(PAUSE_MS);
        }
    }

    private static boolean isAnyOpen(JsonNode imports) {
        for (var each : imports) {
            if (each.path("finished_at").isNull()) {
                return true;
            }
        }
        return false;
    }

    /** As Hollama has them. */
    private String sessions(String title, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"" + title + "-" + i + "\",\"title\":\"" + title + "\",\"model\":\"echo\","
                        + "\"updatedAt\":\"2026-05-04T10:00:00.000Z\",\"messages\":[" + messages() + "]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String messages() {
        return IntStream.rangeClosed(0, random.nextInt(MOST_MESSAGES))
                .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\""
                        + "oat ".repeat(random.nextInt(MOST_CHARACTERS / 4)) + i + "\"}")
                .collect(Collectors.joining(","));
    }

    /** One that is still read has to say nothing wrong so far. */
    private static String state(Api api, long id, String title, int count) throws IOException {
        var told = api.get(IMPORTS + "/" + id).ok().json();
        int there = api.get("/api/conversations?search=" + title.replace(" ", "%20")).ok().json().path("total").asInt();
        boolean isOpen = told.path("finished_at").isNull();
        if (isOpen && there <= count && told.path("failed").asInt() == 0) {
            return whole(count);
        }
        return told.path("status").asText() + "|" + told.path("imported").asInt() + "|" + there;
    }

    private static String whole(int count) {
        return "done|" + count + "|" + count;
    }

    private static void pause(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

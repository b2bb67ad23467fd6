package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The list and the searches on two servers, the same requests to both, round by round. */
final class LibraryComparison {

    private static final int PAGE_SIZE = 20;
    private static final int OWN_CONVERSATIONS_PER_MESSAGES = 106;
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final int[] PERCENTS = {50, 95, 99};

    private final String scenario;
    private final String baseline;
    private final ServerProcess other;
    private final ServerProcess server;
    private final int rounds;
    private final int requests;
    private final Report report;
    private final Random random = new Random(2);
    private final Samples searchesOther = new Samples();
    private final Samples searches = new Samples();

    /**
     * @param baseline what the other server is
     * @param other    which the server is compared with
     */
    LibraryComparison(String scenario, String baseline, ServerProcess other, ServerProcess server, Lab lab, Report report) {
        this.scenario = scenario;
        this.baseline = baseline;
        this.other = other;
        this.server = server;
        this.rounds = lab.number(10, 3);
        this.requests = lab.number(30, 20);
        this.report = report;
    }

    /** @param messages how many the server has */
    void run(int messages) throws IOException {
        list("list, first page", 1);
        list("list, any page", messages / OWN_CONVERSATIONS_PER_MESSAGES / PAGE_SIZE);
        titles();
        messages("message search, common words", "the answer", "model", "because");
        messages("message search, rare words", Words.RARE);
        messages("message search, words that are nowhere", "hippopotamus", "no such words", "zzzzz");
        messages("message search, very common pieces", "the the the the", "ing the", "and of the");
        messages("message search, Chinese and Japanese", "量子", "新幹線", "数据库");
        messages("message search, one or two letters", "q", "zz", "ou");
        allSearches();
    }

    private void list(String name, int pages) throws IOException {
        compare(name, IntStream.range(0, requests)
                .mapToObj(i -> "/api/conversations?page_size=" + PAGE_SIZE + "&page=" + (1 + random.nextInt(Math.max(1, pages))))
                .map(path -> Target.get(path, ServerProcess.KEY)).toList(), new Samples(), new Samples());
    }

    private void titles() throws IOException {
        compare("title search", anyOf("model", "garden", "useful data", "nowhere", "Ö").stream()
                .map(word -> Target.get("/api/conversations?search=" + URLEncoder.encode(word, UTF_8), ServerProcess.KEY))
                .toList(), new Samples(), new Samples());
    }

    private void messages(String name, String... queries) throws IOException {
        try {
            requireFound(other);
            requireFound(server);
            compare(name, anyOf(queries).stream()
                    .map(query -> Target.post("/api/chat/search", ServerProcess.KEY, "{\"query\":\"" + query + "\"}"))
                    .toList(), searchesOther, searches);
        } catch (UnexpectedStatus e) {
            if (!e.isNotFound()) {
                throw e;
            }
            report.skipped(scenario, name, "this server does not have it");
        }
    }

    /** A search that finds nothing is quick and worth nothing. */
    private static void requireFound(ServerProcess server) throws IOException {
        if (server.post("/api/chat/search", "{\"query\":\"" + Words.EVERYWHERE + "\"}").isEmpty()) {
            throw new IOException("the search does not find what is in nearly every message");
        }
    }

    private void allSearches() {
        if (searches.count() > 0) {
            report("message search, all of these", searchesOther, searches);
        }
    }

    private void compare(String name, List<byte[]> batch, Samples allOther, Samples all) throws IOException {
        var otherTimes = new Samples();
        var times = new Samples();
        WarmUp.run(rounds, () -> RequestClient.inTurn(other.port(), batch, BUDGET).median());
        WarmUp.run(rounds, () -> RequestClient.inTurn(server.port(), batch, BUDGET).median());
        for (int round = 0; round < rounds; round++) {
            otherTimes.addAll(RequestClient.inTurn(other.port(), batch, BUDGET));
            times.addAll(RequestClient.inTurn(server.port(), batch, BUDGET));
        }
        allOther.addAll(otherTimes);
        all.addAll(times);
        report(name, otherTimes, times);
    }

    private void report(String name, Samples otherTimes, Samples times) {
        for (int percent : PERCENTS) {
            double value = times.percentile(percent);
            double compared = otherTimes.percentile(percent);
            report.add(new Figure(scenario, name + ", p" + percent, "ms", value, compared, value / compared, baseline));
        }
    }

    private List<String> anyOf(String... words) {
        var all = new ArrayList<String>();
        while (all.size() < requests) {
            Collections.addAll(all, words);
        }
        Collections.shuffle(all, random);
        return all;
    }
}

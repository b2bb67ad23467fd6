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

/** The list and the searches with very many conversations, beside a hundredth of them; two servers, asked by turns. */
final class LargeLibrary implements Scenario {

    private static final int SMALL_SHARE = 100;
    private static final int PAGE_SIZE = 20;
    private static final int OWN_CONVERSATIONS_PER_MESSAGES = 106;
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final int[] PERCENTS = {50, 95, 99};

    @Override
    public void run(Lab lab, Report report) throws IOException {
        int messages = lab.options().messages();
        report.scenario(String.format("Library of %,d messages in %,d conversations", messages, messages / 100));
        var small = Seeder.seed(lab, messages / SMALL_SHARE);
        var large = Seeder.seed(lab, messages);
        try (var smallServer = lab.server(small); var largeServer = lab.server(large)) {
            var comparison = new Comparison(smallServer, largeServer, lab.number(10, 3), lab.number(30, 20), report);
            comparison.list("list, first page", 1);
            comparison.list("list, any page", messages / OWN_CONVERSATIONS_PER_MESSAGES / PAGE_SIZE);
            comparison.titles();
            comparison.messages("message search, common words", "the answer", "model", "because");
            comparison.messages("message search, rare words", Words.RARE);
            comparison.messages("message search, words that are nowhere", "hippopotamus", "no such words", "zzzzz");
            comparison.messages("message search, Chinese and Japanese", "量子", "新幹線", "数据库");
            comparison.messages("message search, one or two letters", "q", "zz", "ou");
            comparison.allSearches();
        }
    }

    /** The same requests to both servers, round by round. */
    private static final class Comparison {

        private final ServerProcess small;
        private final ServerProcess large;
        private final int rounds;
        private final int requests;
        private final Report report;
        private final Random random = new Random(2);
        private final Samples searchesSmall = new Samples();
        private final Samples searchesLarge = new Samples();

        Comparison(ServerProcess small, ServerProcess large, int rounds, int requests, Report report) {
            this.small = small;
            this.large = large;
            this.rounds = rounds;
            this.requests = requests;
            this.report = report;
        }

        void list(String name, int pages) throws IOException {
            compare(name, IntStream.range(0, requests)
                    .mapToObj(i -> "/api/conversations?page_size=" + PAGE_SIZE + "&page=" + (1 + random.nextInt(Math.max(1, pages))))
                    .map(path -> Target.get(path, ServerProcess.KEY)).toList(), new Samples(), new Samples());
        }

        void titles() throws IOException {
            compare("title search", anyOf("model", "garden", "useful data", "nowhere", "Ö").stream()
                    .map(word -> Target.get("/api/conversations?search=" + URLEncoder.encode(word, UTF_8), ServerProcess.KEY))
                    .toList(), new Samples(), new Samples());
        }

        void messages(String name, String... queries) throws IOException {
            try {
                requireFound(small);
                requireFound(large);
                compare(name, anyOf(queries).stream()
                        .map(query -> Target.post("/api/chat/search", ServerProcess.KEY, "{\"query\":\"" + query + "\"}"))
                        .toList(), searchesSmall, searchesLarge);
            } catch (UnexpectedStatus e) {
                if (!e.isNotFound()) {
                    throw e;
                }
                report.skipped("library", name, "this server does not have it");
            }
        }

        /** A search that finds nothing is quick and worth nothing. */
        private static void requireFound(ServerProcess server) throws IOException {
            if (server.post("/api/chat/search", "{\"query\":\"" + Words.EVERYWHERE + "\"}").isEmpty()) {
                throw new IOException("the search does not find what is in nearly every message");
            }
        }

        void allSearches() {
            if (searchesLarge.count() > 0) {
                report("message search, all of these", searchesSmall, searchesLarge);
            }
        }

        private void compare(String name, List<byte[]> batch, Samples allSmall, Samples allLarge) throws IOException {
            var smallTimes = new Samples();
            var largeTimes = new Samples();
            WarmUp.run(rounds, () -> RequestClient.inTurn(small.port(), batch, BUDGET).median());
            WarmUp.run(rounds, () -> RequestClient.inTurn(large.port(), batch, BUDGET).median());
            for (int round = 0; round < rounds; round++) {
                smallTimes.addAll(RequestClient.inTurn(small.port(), batch, BUDGET));
                largeTimes.addAll(RequestClient.inTurn(large.port(), batch, BUDGET));
            }
            allSmall.addAll(smallTimes);
            allLarge.addAll(largeTimes);
            report(name, smallTimes, largeTimes);
        }

        private void report(String name, Samples few, Samples many) {
            for (int percent : PERCENTS) {
                double value = many.percentile(percent);
                double other = few.percentile(percent);
                report.add(new Figure("library", name + ", p" + percent, "ms", value, other, value / other, "a hundredth of it"));
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
}

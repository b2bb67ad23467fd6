package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The benchmark. This process generates the load; the server and the scripted Ollama run in two others, and nothing
 * leaves the machine.
 */
public final class Bench {

    private static final Map<String, Scenario> SCENARIOS = scenarios();
    private static final Duration LONGEST_RUN = Duration.ofMinutes(40);

    private Bench() {}

    private static Map<String, Scenario> scenarios() {
        var scenarios = new LinkedHashMap<String, Scenario>();
        scenarios.put("start", new StartTime());
        scenarios.put("first", new FirstToken());
        scenarios.put("doors", new Doors());
        scenarios.put("tokens", new Throughput());
        scenarios.put("gaps", new Gaps());
        scenarios.put("gets", new SmallGets());
        scenarios.put("limits", new RequestLimits());
        scenarios.put("versions", new AnswersAgain());
        scenarios.put("wire", new LongAnswers());
        scenarios.put("memory", new Memory());
        scenarios.put("scale", new ManyAnswers());
        scenarios.put("moving", new Moving());
        scenarios.put("background", new BesideInsights());
        scenarios.put("writes", new OthersWrites());
        scenarios.put("page", new PageInBrowser());
        scenarios.put("library", new LargeLibrary());
        scenarios.put("servers", new SeveralServers());
        scenarios.put("following", new Following());
        scenarios.put("databases", new BothDatabases());
        return scenarios;
    }

    public static void main(String[] words) throws IOException {
        try {
            var options = Options.parse(List.of(words), SCENARIOS.keySet());
            endAfter(LONGEST_RUN);
            System.exit(run(options).hasFailed() ? 1 : 0);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.printf(Options.USAGE + "%n", String.join(", ", SCENARIOS.keySet()));
            System.exit(2);
        }
    }

    private static Report run(Options options) throws IOException {
        var report = new Report(System.out, options);
        try (var lab = new Lab(options)) {
            SCENARIOS.forEach((name, scenario) -> {
                if (options.wants(name)) {
                    run(name, scenario, lab, report);
                }
            });
        }
        if (options.json() == null) {
            System.out.println();
            System.out.println(report.json());
        } else {
            report.write(options.json());
        }
        return report;
    }

    private static void run(String name, Scenario scenario, Lab lab, Report report) {
        try {
            scenario.run(lab, report);
        } catch (IOException | RuntimeException e) {
            report.failed(name, e.toString());
        }
    }

    private static void endAfter(Duration limit) {
        var watchdog = new Thread(() -> {
            Lab.pause(limit);
            System.err.println("The benchmark has not ended within " + limit.toMinutes() + " minutes");
            System.exit(1);
        }, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}

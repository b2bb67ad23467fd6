package ollamaweb.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What the benchmark is to do.
 *
 * @param quick    smaller numbers, for a first look
 * @param only     the scenarios to run; empty: all
 * @param java     the program that runs the server
 * @param flags    its JVM flags
 * @param json     the file that gets the figures, or null
 * @param messages how many messages the large database has
 */
record Options(boolean quick, Set<String> only, Path java, List<String> flags, Path json, int messages) {

    static final String USAGE = """
            Usage: ./run.sh bench [--quick] [--only NAME,NAME] [--java PATH] [--flags "JVM FLAGS"] [--json FILE] [--messages N]

              --quick      smaller numbers, done in two minutes
              --only       some scenarios: %s
              --java       the java program that runs the server (default: the one that runs the benchmark)
              --flags      the server's JVM flags (default: -Xmx512m -Xss512k -XX:+UseSerialGC; run.sh gives its own)
              --flag       one more of them, which may hold spaces; the first takes the place of the default ones
              --json       a file for the figures as JSON
              --messages   how many messages the large database has (default 1000000)""";

    private static final List<String> DEFAULT_FLAGS = List.of("-Xmx512m", "-Xss512k", "-XX:+UseSerialGC");
    private static final int MESSAGES = 1_000_000;
    private static final int QUICK_MESSAGES = 50_000;

    /** @throws IllegalArgumentException if the words make no sense */
    static Options parse(List<String> words, Set<String> scenarios) {
        boolean quick = words.contains("--quick");
        var only = Set.<String>of();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var flags = DEFAULT_FLAGS;
        Path json = null;
        int messages = quick ? QUICK_MESSAGES : MESSAGES;
        for (var word = words.iterator(); word.hasNext();) {
            var flag = word.next();
            switch (flag) {
                case "--quick" -> {
                }
                case "--only" -> only = Set.of(value(flag, word).split(","));
                case "--java" -> java = Path.of(value(flag, word));
                case "--flag" -> flags = with(flags == DEFAULT_FLAGS ? List.of() : flags, value(flag, word));
                case "--flags" -> flags = List.of(value(flag, word).strip().split("\\s+"));
                case "--json" -> json = Path.of(value(flag, word));
                case "--messages" -> messages = Integer.parseInt(value(flag, word));
                default -> throw new IllegalArgumentException("unknown argument '" + flag + "'");
            }
        }
        if (!scenarios.containsAll(only)) {
            throw new IllegalArgumentException("--only takes " + String.join(", ", scenarios));
        }
        return new Options(quick, only, java, flags, json, messages);
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }

    private static List<String> with(List<String> flags, String more) {
        var all = new ArrayList<>(flags);
        all.add(more);
        return List.copyOf(all);
    }

    private static String value(String flag, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(flag + " needs a value");
        }
        return words.next();
    }
}

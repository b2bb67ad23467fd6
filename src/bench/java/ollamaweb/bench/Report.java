package ollamaweb.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures, as a table while they come and as JSON at the end. */
final class Report {

    /** @param load the load average when the benchmark began: other work on the machine spoils absolute figures */
    private record Machine(String system, int processors, double load, String java, List<String> flags) {}

    private record Document(String startedAt, Machine machine, boolean quick, int messages, List<Figure> figures) {}

    private static final String LINE = "%-50s %12s %12s %9s  %-9s %s%n";

    private final PrintStream out;
    private final Options options;
    private final String startedAt = Instant.now().toString();
    private final Machine machine;
    private final List<Figure> figures = new ArrayList<>();
    private boolean failed;

    Report(PrintStream out, Options options) {
        this.out = out;
        this.options = options;
        var system = ManagementFactory.getOperatingSystemMXBean();
        machine = new Machine(system.getName() + " " + system.getArch(), system.getAvailableProcessors(),
                system.getSystemLoadAverage(), options.java().toString(), options.flags());
        out.printf("%s, %d processors, load %.1f; server: %s %s%n%n", machine.system, machine.processors, machine.load,
                machine.java, String.join(" ", machine.flags));
        out.printf(LINE, "", "server", "compared to", "ratio", "unit", "");
    }

    void scenario(String title) {
        out.printf("%n%s%n", title);
    }

    void add(Figure figure) {
        figures.add(figure);
        out.printf(LINE, "  " + figure.name(), shown(figure.value()), shown(figure.baseline()), shown(figure.ratio()),
                figure.unit(), figure.note() == null ? "" : figure.note());
    }

    void skipped(String scenario, String name, String why) {
        add(new Figure(scenario, name, "", null, null, null, why));
    }

    /** Something that must not happen did: the benchmark goes on and ends in failure. */
    void failed(String scenario, String why) {
        failed = true;
        add(new Figure(scenario, "FAILED", "", null, null, null, why));
    }

    boolean hasFailed() {
        return failed;
    }

    String json() throws IOException {
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        return mapper.writeValueAsString(new Document(startedAt, machine, options.quick(), options.messages(), figures));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, json() + System.lineSeparator());
    }

    private static String shown(Double value) {
        if (value == null) {
            return "";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}

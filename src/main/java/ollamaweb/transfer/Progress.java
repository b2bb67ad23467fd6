package ollamaweb.transfer;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that grows with the rows that are done: redrawn in place on a terminal, else one line for each tenth of a large table. */
final class Progress {

    private static final int WIDTH = 30;
    private static final int LINES = 10;
    /** Smaller tables are done before anybody asks how far they are. */
    private static final int LARGE = 10_000;

    private final PrintStream out;
    private final boolean isTerminal;
    private final String name;
    private final long total;
    private long done;
    private long shown = -1;

    /** @param total how many rows there are; a few more or less do no harm */
    Progress(PrintStream out, boolean isTerminal, String name, long total) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.name = name;
        this.total = total;
    }

    void add(long rows) {
        done += rows;
        long steps = isTerminal ? 100 : LINES;
        long step = total == 0 ? steps : Math.min(steps, done * steps / total);
        if (step > shown && (isTerminal || total >= LARGE && step < steps && shown >= 0)) {
            int filled = (int) (step * WIDTH / steps);
            out.print((isTerminal ? "\r" : "") + String.format(Locale.ROOT, "  %-28s [%s%s] %3d %%  %,d of %,d rows", name,
                    "#".repeat(filled), " ".repeat(WIDTH - filled), step * 100 / steps, done, total) + (isTerminal ? "" : "\n"));
            out.flush();
        }
        shown = Math.max(shown, step);
    }

    /** Ends the bar with what became of it. */
    void end(String result) {
        out.printf(Locale.ROOT, "%s  %-28s %s%n", isTerminal ? "\r\033[K" : "", name, result);
    }
}

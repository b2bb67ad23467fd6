package ollamaweb.transfer;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that grows with what is done: redrawn in place on a terminal, else one line for each tenth of something large. */
public final class Progress {

    private static final int WIDTH = 30;
    private static final int LINES = 10;
    /** What is smaller is done before anybody asks how far they are. */
    private static final int LARGE = 10_000;

    private final PrintStream out;
    private final boolean isTerminal;
    private final String name;
    private final String unit;
    private long total;
    private long done;
    private long shown = -1;

    /**
     * @param unit  what is counted, in the plural
     * @param total how many there are; a few more or less do no harm
     */
    public Progress(PrintStream out, boolean isTerminal, String name, String unit, long total) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.name = name;
        this.unit = unit;
        this.total = total;
    }

    /** So many more are done. */
    void add(long more) {
        at(done + more, total);
    }

    /** So many are done of so many as there are, as is known by now. */
    public void at(long nowDone, long inAll) {
        done = nowDone;
        total = inAll;
        long steps = isTerminal ? 100 : LINES;
        long step = total == 0 ? steps : Math.min(steps, done * steps / total);
        if (step > shown && (isTerminal || total >= LARGE && step < steps && shown >= 0)) {
            int filled = (int) (step * WIDTH / steps);
            out.print((isTerminal ? "\r" : "") + String.format(Locale.ROOT, "  %-28s [%s%s] %3d %%  %,d of %,d %s", name,
                    "#".repeat(filled), " ".repeat(WIDTH - filled), step * 100 / steps, done, total, unit) + (isTerminal ? "" : "\n"));
            out.flush();
        }
        shown = Math.max(shown, step);
    }

    /** Ends the bar with what became of it. */
    public void end(String result) {
        out.printf(Locale.ROOT, "%s  %-28s %s%n", isTerminal ? "\r\033[K" : "", name, result);
    }
}

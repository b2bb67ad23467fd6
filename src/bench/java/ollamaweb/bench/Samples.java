package ollamaweb.bench;

import java.util.Arrays;

/** Measured times in nanoseconds. */
final class Samples {

    private static final double NANOS_PER_MS = 1e6;

    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted = true;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = sample;
        sorted = false;
    }

    void addAll(Samples others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    double median() {
        return percentile(50);
    }

    /** @return in milliseconds, what this share of the samples does not exceed */
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(percent / 100 * count);
        return nanos[Math.max(0, rank - 1)] / NANOS_PER_MS;
    }

    static double median(double... values) {
        var ordered = values.clone();
        Arrays.sort(ordered);
        int middle = ordered.length / 2;
        return ordered.length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}

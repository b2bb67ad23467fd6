package ollamaweb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about a running process under {@code /proc}. */
record ProcessFigures(long pid) {

    /** The unit of times in {@code /proc}: on every Linux a hundredth of a second. */
    private static final double MICROS_PER_TICK = 10_000;
    private static final double KIB_PER_MIB = 1024;
    private static final int FIELDS_BEFORE_USER_TIME = 11;

    /** @return whether this system has such figures */
    static boolean exist() {
        return Files.exists(Path.of("/proc/self/status"));
    }

    /** @return the processor time it has used, in microseconds; 0 where that is not told */
    double cpuMicros() throws IOException {
        if (!exist()) {
            return 0;
        }
        var stat = Files.readString(file("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[FIELDS_BEFORE_USER_TIME]) + Long.parseLong(fields[FIELDS_BEFORE_USER_TIME + 1])) * MICROS_PER_TICK;
    }

    double residentMib() throws IOException {
        return status("VmRSS:") / KIB_PER_MIB;
    }

    double threads() throws IOException {
        return status("Threads:");
    }

    double openFiles() throws IOException {
        try (var files = Files.list(file("fd"))) {
            return files.count();
        }
    }

    private double status(String field) throws IOException {
        for (var line : Files.readAllLines(file("status"))) {
            if (line.startsWith(field)) {
                return Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + field + " in " + file("status"));
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}

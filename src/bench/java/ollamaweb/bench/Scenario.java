package ollamaweb.bench;

import java.io.IOException;

/** One thing that is measured, on servers of its own. */
@FunctionalInterface
interface Scenario {
    void run(Lab lab, Report report) throws IOException;
}

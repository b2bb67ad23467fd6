package ollamaweb.models.care;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A model that is being fetched, or was.
 *
 * @param host      where it is fetched to
 * @param status    {@code running}, {@code done}, {@code failed}, {@code cancelled} or {@code interrupted}
 * @param step      what is being done, in Ollama's words
 * @param completed bytes that have come, of all parts that were announced so far
 * @param total     bytes that these parts have
 * @param error     why it did not come whole; null while that is not so
 * @param endedAt   null while it is running
 */
public record Pull(long id, String host, String name, String status, String step, long completed, long total, String error,
        Instant startedAt, Instant endedAt) {

    static final String RUNNING = "running";
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String INTERRUPTED = "interrupted";

    @JsonIgnore
    boolean isRunning() {
        return status.equals(RUNNING);
    }

    @JsonIgnore
    boolean isDone() {
        return status.equals(DONE);
    }
}

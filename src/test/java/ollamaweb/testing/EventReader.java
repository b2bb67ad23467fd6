package ollamaweb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads an open event stream, event by event, as a browser would; closing it is leaving. */
public final class EventReader implements AutoCloseable {

    private final Response response;
    private final BufferedSource source;
    private int pings;

    EventReader(Response response) {
        this.response = response;
        this.source = response.body().source();
    }

    public int status() {
        return response.code();
    }

    public String header(String name) {
        return response.header(name);
    }

    /** @return the next event, or null at the end of the stream */
    public Event next() {
        String id = null;
        String name = "message";
        String data = null;
        try {
            for (String line; (line = source.readUtf8Line()) != null;) {
                if (line.isEmpty() && data != null) {
                    return new Event(id, name, data);
                } else if (line.startsWith(":")) {
                    pings++;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a ping; no event may come before it. */
    public void nextPing() {
        try {
            var line = source.readUtf8LineStrict();
            if (!line.startsWith(":") || !source.readUtf8LineStrict().isEmpty()) {
                throw new AssertionError("expected a ping, got " + line);
            }
            pings++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the next event, which has to have this name */
    public Event next(String name) {
        var event = next();
        if (event == null || !event.name().equals(name)) {
            throw new AssertionError("expected the event " + name + ", got " + event);
        }
        return event;
    }

    /** @return all events up to the end of the stream */
    public List<Event> rest() {
        var events = new ArrayList<Event>();
        for (var event = next(); event != null; event = next()) {
            events.add(event);
        }
        return events;
    }

    /** @return how many pings came between the events read so far */
    public int pings() {
        return pings;
    }

    @Override
    public void close() {
        response.close();
    }
}

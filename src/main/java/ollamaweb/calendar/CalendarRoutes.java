package ollamaweb.calendar;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;
import static ollamaweb.http.Role.ANYONE;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.EntityTag;
import ollamaweb.http.Envelope;

/** {@code /api/v1/calendar.ics}, for calendar programs, which only have a URL; {@code /api/v1/calendar/token} makes that. */
public final class CalendarRoutes implements EndpointGroup {

    /** A calendar takes some megabytes while it is made. */
    private static final int MOST_AT_ONCE = 4;
    private static final int RETRY_SECONDS = 1;
    private static final int LONGEST_TOKEN = 100;

    private final Calendars calendars;
    private final Clock clock;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    public CalendarRoutes(Database database, SecretKey secret, Clock clock) {
        this.calendars = new Calendars(database, secret, clock);
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        get("calendar.ics", this::show, ANYONE);
        path("calendar/token", () -> {
            post(this::create);
            delete(this::remove);
        });
    }

    record Removed(boolean removed) {}

    private void create(Context ctx) {
        ctx.status(CREATED).json(Envelope.of(calendars.create(CurrentUser.id(ctx)), clock));
    }

    private void remove(Context ctx) {
        calendars.end(CurrentUser.id(ctx));
        ctx.json(Envelope.of(new Removed(true), clock));
    }

    /** Programs ask every hour or so, and mostly nothing has changed. */
    private void show(Context ctx) {
        var token = ctx.queryParam("token");
        if (token == null || token.length() > LONGEST_TOKEN) {
            throw Calendars.notFound();
        }
        var text = read(token);
        ctx.header(Header.CACHE_CONTROL, "private, no-cache");
        if (!EntityTag.of(text).isKnown(ctx)) {
            ctx.contentType("text/calendar; charset=utf-8").result(text);
        }
    }

    private byte[] read(String token) {
        if (!room.tryAcquire()) {
            throw ApiException.busy("Too many calendars are being read, please try again", RETRY_SECONDS);
        }
        try {
            return calendars.read(token);
        } finally {
            room.release();
        }
    }
}

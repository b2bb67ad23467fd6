package ollamaweb.events;

import static io.javalin.apibuilder.ApiBuilder.get;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.OpenStreams;

/** {@code /api/v1/events}: what happens in an account, as it happens. */
public final class EventRoutes implements EndpointGroup {

    private final AccountEvents events;
    private final EventDao stored;
    private final OpenStreams streams;

    public EventRoutes(Database database, AccountEvents events, OpenStreams streams) {
        this.events = events;
        this.stored = database.reader(EventDao.class);
        this.streams = streams;
    }

    @Override
    public void addEndpoints() {
        get("events", this::follow);
    }

    /** A client that comes back goes on where it was; one that comes anew begins with what nobody was sent yet. */
    private void follow(Context ctx) {
        var user = CurrentUser.of(ctx);
        events.requireRoom(user.id());
        var reached = LastEventNumber.of(ctx);
        var place = stored.findPlace(user.id()).orElseThrow(() -> ApiException.unauthorized("Invalid API key"));
        long last = reached == null ? place.sent() : Math.min(place.last(), reached);
        new EventStream(events, stored, user.id(), last).open(ctx, streams, user);
    }
}

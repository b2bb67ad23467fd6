package ollamaweb;

import io.javalin.apibuilder.EndpointGroup;
import java.time.Clock;
import java.util.function.IntSupplier;
import ollamaweb.calendar.CalendarRoutes;
import ollamaweb.cluster.Announcements;
import ollamaweb.cluster.Peers;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.AccountEvents;
import ollamaweb.events.EventRoutes;
import ollamaweb.goals.GoalRoutes;
import ollamaweb.http.OpenStreams;
import ollamaweb.insights.InsightRoutes;
import ollamaweb.insights.InsightSchedules;
import ollamaweb.insights.InsightWorker;
import ollamaweb.models.ModelProviders;
import ollamaweb.tasks.ReminderDelivery;
import ollamaweb.tasks.ReminderRoutes;
import ollamaweb.tasks.TaskRoutes;
import ollamaweb.turns.Turns;

/** Tasks, goals, reminders, calendars and insights, with their routes, and the events that tell of them. */
final class PlanningServices implements EndpointGroup, AutoCloseable {

    private static final String EVENTS = "events";

    private final Database database;
    private final SecretKey secret;
    private final OpenStreams streams;
    private final Clock clock;
    private final AccountEvents events;
    private final ReminderDelivery reminders;
    private final InsightWorker insights;
    private final InsightSchedules schedules;

    /** @param runningChats how many people wait for an answer, so that insights do */
    PlanningServices(Settings settings, Database database, SecretKey secret, OpenStreams streams, ModelProviders providers, Turns turns,
            IntSupplier runningChats, Peers peers, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.streams = streams;
        this.clock = clock;
        events = new AccountEvents(database, clock);
        reminders = new ReminderDelivery(database, events, clock);
        insights = new InsightWorker(database, events, providers, turns, settings.insightWorkers(), settings.streamIdleTimeout(),
                runningChats, peers::serverId, clock);
        schedules = new InsightSchedules(database, insights, clock);
        tellOthers(peers.announcements());
    }

    /** Adds the routes below {@code /api/v1}. */
    @Override
    public void addEndpoints() {
        new TaskRoutes(database, clock).addEndpoints();
        new ReminderRoutes(database, clock).addEndpoints();
        new GoalRoutes(database, clock).addEndpoints();
        new CalendarRoutes(database, secret, clock).addEndpoints();
        new InsightRoutes(database, insights, clock).addEndpoints();
        new EventRoutes(database, events, streams).addEndpoints();
    }

    void start() {
        events.start();
        reminders.start();
        insights.start();
        schedules.start();
    }

    /** What a server that is gone had under way waits again. */
    boolean releaseSome(Transaction tx) {
        return insights.releaseSome(tx);
    }

    /** The account has other settings, or another time zone: what comes at its hour comes at another one. */
    void rescheduled(Transaction tx, long userId) {
        schedules.update(tx, userId);
    }

    @Override
    public void close() {
        schedules.close();
        reminders.close();
        insights.close();
        events.close();
    }

    private void tellOthers(Announcements announcements) {
        events.announceBy(userId -> announcements.publish(EVENTS, Long.toString(userId)));
        announcements.on(EVENTS, userId -> events.toldElsewhere(Long.parseLong(userId)));
    }
}

package ollamaweb;

import io.javalin.apibuilder.EndpointGroup;
import java.time.Clock;
import java.util.function.LongSupplier;
import ollamaweb.audit.AuditLog;
import ollamaweb.auth.StoredCredentials;
import ollamaweb.chat.ChatRoutes;
import ollamaweb.chat.ContextRoutes;
import ollamaweb.chat.Generations;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.events.ConversationEvents;
import ollamaweb.files.FileRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.http.OpenStreams;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.members.MemberRoutes;
import ollamaweb.messages.MessageRoutes;
import ollamaweb.search.SearchRoutes;
import ollamaweb.usage.UsageRoutes;

/** Conversations as people have them: their messages and files, asking, searching, who takes part, and what it costs. */
final class ConversationServices implements EndpointGroup, AutoCloseable {

    private final ConversationEvents events;
    private final EndpointGroup routes;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    ConversationServices(Database database, SecretKey secret, FileStore files, Generations generations, OpenStreams streams,
            RevokedCredentials revoked, LongSupplier serverId, Clock clock) {
        events = new ConversationEvents(database, streams, clock);
        routes = () -> {
            new ConversationRoutes(database, new AuditLog(database, clock), serverId, clock).addEndpoints();
            new MemberRoutes(database, events, revoked, clock).addEndpoints();
            new MessageRoutes(database, clock).addEndpoints();
            new FileRoutes(database, files, revoked).addEndpoints();
            new ChatRoutes(generations, database, streams, new StoredCredentials(database, clock), secret, clock).addEndpoints();
            new ContextRoutes(database).addEndpoints();
            new UsageRoutes(database).addEndpoints();
            new SearchRoutes(database, MessageIndexes.of(database)).addEndpoints();
        };
    }

    /** Adds the routes below {@code /api}. */
    @Override
    public void addEndpoints() {
        routes.addEndpoints();
    }

    void start() {
        events.start();
    }

    @Override
    public void close() {
        events.close();
    }
}

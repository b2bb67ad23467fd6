package ollamaweb;

import io.javalin.apibuilder.EndpointGroup;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.export.ExportRoutes;
import ollamaweb.export.account.AccountExportRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.imports.ExportedAccounts;
import ollamaweb.imports.ImportRoutes;
import ollamaweb.imports.Imports;

/** What conversations are taken along with, and brought in by. */
final class LibraryServices implements EndpointGroup, AutoCloseable {

    private final Imports imports;
    private final EndpointGroup routes;

    /**
     * @param settingsChanged told, within the same transaction, of the account whose settings were changed
     * @param serverId        tells the id of this server, which changes when it was taken for gone
     */
    LibraryServices(Settings settings, Database database, SecretKey secret, RevokedCredentials revoked, FileStore files,
            ConversationLimits limits,
            BiConsumer<Transaction, Long> settingsChanged, LongSupplier serverId, Clock clock) {
        var exported = new ExportedAccounts(userId -> AccountExportRoutes.origin(secret, userId), settingsChanged);
        imports = new Imports(database, files, limits, exported, serverId, clock);
        routes = () -> {
            new ExportRoutes(database, files, limits, serverId, clock).addEndpoints();
            new AccountExportRoutes(database, secret, revoked, ServerRoutes.VERSION, clock).addEndpoints();
            new ImportRoutes(database, imports, settings.maxImportBytes(), serverId, clock).addEndpoints();
        };
    }

    /** Adds the routes below {@code /api}. */
    @Override
    public void addEndpoints() {
        routes.addEndpoints();
    }

    void start() {
        imports.start();
    }

    /** What a server that is gone was reading waits again. */
    boolean releaseSome(Transaction tx) {
        return imports.releaseSome(tx);
    }

    @Override
    public void close() {
        imports.close();
    }
}

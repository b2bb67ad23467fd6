package ollamaweb.export.account;

import static io.javalin.apibuilder.ApiBuilder.get;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.export.zip.ZipStream;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.http.StreamedBytes;
import ollamaweb.users.TimeZoneDao;

/** {@code GET /api/export/all}: everything of an account as a zip, written while the client reads it. */
public final class AccountExportRoutes implements EndpointGroup {

    private final Database database;
    private final SecretKey secret;
    private final String version;
    private final Clock clock;
    private final StreamedBytes answers;

    /**
     * @param revoked ends what a credential that is no longer valid has asked for
     * @param version of this server
     */
    public AccountExportRoutes(Database database, SecretKey secret, RevokedCredentials revoked, String version, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.version = version;
        this.answers = new StreamedBytes(revoked);
        this.clock = clock;
    }

    /** @return by what exports of the account are known; the same as long as the server has its secret */
    public static String origin(SecretKey secret, long userId) {
        return secret.digest("export of account " + userId).substring(0, 32);
    }

    @Override
    public void addEndpoints() {
        get("export/all", this::all);
    }

    private void all(Context ctx) throws IOException {
        long userId = CurrentUser.id(ctx);
        var now = clock.instant();
        var zone = database.reader(TimeZoneDao.class).find(userId).orElse(ZoneOffset.UTC);
        ctx.res().setCharacterEncoding((String) null); // Javalin's own would be added
        ctx.contentType("application/zip")
                .header(Header.CONTENT_DISPOSITION, "attachment; filename=\"ollama-web-" + LocalDate.ofInstant(now, zone) + ".zip\"");
        answers.send(ctx, () -> new ZipStream(new AccountExport(database, userId, origin(secret, userId), version, now)));
    }
}

package ollamaweb.files;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.CHAT;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.BodyLimit;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.EntityTag;
import ollamaweb.http.Input;
import ollamaweb.http.MultipartFile;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.http.StreamedBytes;

/** {@code /api/files}: what can go with a message. */
public final class FileRoutes implements EndpointGroup {

    /** What multipart has around a file. */
    private static final int ENVELOPE_BYTES = 64 * 1024;
    /** A file is somebody's text or picture, never a page or a script of this server. */
    private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private final Database database;
    private final FileStore store;
    private final StreamedBytes answers;

    /** @param revoked ends what a credential that is no longer valid has asked for */
    public FileRoutes(Database database, FileStore store, RevokedCredentials revoked) {
        this.database = database;
        this.store = store;
        this.answers = new StreamedBytes(revoked);
    }

    @Override
    public void addEndpoints() {
        path("files", () -> {
            post(this::create, BodyLimit.upload(store.maxFileBytes() + ENVELOPE_BYTES), CHAT);
            path("{id}", () -> {
                get(this::show, CHAT);
                delete(this::remove, CHAT);
            });
        });
    }

    record Removed(boolean success, String message, long fileId) {}

    private void create(Context ctx) {
        try (var file = new IncomingFile(store.maxFileBytes())) {
            var name = MultipartFile.read(ctx, "file", file);
            var kept = store.keep(CurrentUser.id(ctx), name, file);
            ctx.status(HttpStatus.CREATED).header(Header.LOCATION, "/api/files/" + kept.id()).json(kept);
        }
    }

    /** The bytes of an id never change, so a client may ask whether it has them. */
    private void show(Context ctx) {
        var file = store.findVisible(Input.id(ctx), CurrentUser.id(ctx)).orElseThrow(FileRoutes::notFound);
        ctx.header(Header.CACHE_CONTROL, "private, no-cache").header(Header.CONTENT_SECURITY_POLICY, POLICY);
        if (EntityTag.strong(file.sha256()).isKnown(ctx)) {
            return;
        }
        ctx.res().setCharacterEncoding((String) null); // Javalin's own would be added to image/png
        ctx.contentType(file.isImage() ? file.mediaType() : file.mediaType() + "; charset=utf-8")
                .header(Header.CONTENT_DISPOSITION, disposition(file));
        answers.send(ctx, store.open(file), file.size());
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            var dao = tx.dao(FileDao.class);
            if (dao.find(id, userId).isEmpty()) {
                throw notFound();
            }
            if (!dao.delete(id, userId)) {
                throw ApiException.conflict("Messages have this file; it goes with the last of them");
            }
            return null;
        });
        ctx.json(new Removed(true, "File deleted successfully", id));
    }

    /** @return what a client hears of a file that does not exist, or not for it */
    public static ApiException notFound() {
        return ApiException.notFound("File not found");
    }

    /** A header has ASCII only; the name in full follows as RFC 8187 wants it. */
    private static String disposition(StoredFile file) {
        var ascii = file.name().replaceAll("[^ -~]|[\"\\\\%]", "_");
        var whole = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
        return (file.isImage() ? "inline" : "attachment") + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + whole;
    }
}

package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;

/**
 * The name of a version of what a GET shows, as {@code ETag} (RFC 9110, 8.8.3). A client that asks with the name of the
 * version that it has gets 304 as long as it is the latest one.
 *
 * @param opaque what stands between the quotes
 * @param weak   whether the same version may come in other bytes
 */
public record EntityTag(String opaque, boolean weak) {

    private static final int HASH_CHARS = 22;

    /** @return the name of a version whose bytes never differ */
    public static EntityTag strong(String opaque) {
        return new EntityTag(opaque, false);
    }

    /** @return the name of a version that may be packed for some clients and not for others */
    public static EntityTag weak(String opaque) {
        return new EntityTag(opaque, true);
    }

    /** @return the name of the version that has these bytes; others have another name */
    public static EntityTag of(byte[] content) {
        return of(content, content.length);
    }

    /** @return as {@link #of(byte[])}, of the first bytes only */
    static EntityTag of(byte[] content, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, 0, length);
            var hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
            return weak(hash.substring(0, HASH_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /**
     * Names the version in the answer.
     *
     * @return whether the client has it, and the answer is now 304 and has to stay empty
     */
    public boolean isKnown(Context ctx) {
        ctx.header(Header.ETAG, (weak ? "W/" : "") + quoted());
        boolean known = Collections.list(ctx.req().getHeaders(Header.IF_NONE_MATCH)).stream()
                .anyMatch(tags -> tags.strip().equals("*") || tags.contains(quoted()));
        if (known) {
            ctx.status(HttpStatus.NOT_MODIFIED).res().setContentType(null);
        }
        return known;
    }

    private String quoted() {
        return '"' + opaque + '"';
    }
}

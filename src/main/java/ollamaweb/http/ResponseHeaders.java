package ollamaweb.http;

import org.eclipse.jetty.http.HttpFields;

/** The headers that every answer carries, errors too. A route may replace them by its own. */
final class ResponseHeaders {

    private static final HttpFields SAFE = HttpFields.build()
            .put("X-Content-Type-Options", "nosniff")
            .put("X-Frame-Options", "DENY")
            .put("Referrer-Policy", "no-referrer")
            .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .put("Cross-Origin-Resource-Policy", "same-origin")
            .put("Cache-Control", "no-store")
            .asImmutable();

    private final Cors cors;

    ResponseHeaders(Cors cors) {
        this.cors = cors;
    }

    void put(HttpFields request, HttpFields.Mutable response) {
        SAFE.forEach(response::put);
        cors.allow(request, response);
    }
}

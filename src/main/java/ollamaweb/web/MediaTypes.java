package ollamaweb.web;

import java.util.Map;

/** What a file of the page is, told by its ending. */
final class MediaTypes {

    private static final Map<String, String> BY_ENDING = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private MediaTypes() {}

    /** @return the value of {@code Content-Type}, or null for a file that has no place in the page */
    static String of(String name) {
        return BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1));
    }

    /** @return whether gzip makes it smaller; the others are compressed by their own format */
    static boolean isCompressible(String type) {
        return !type.equals("image/png") && !type.equals("font/woff2");
    }
}

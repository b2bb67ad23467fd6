package ollamaweb.outbound;

import okhttp3.HttpUrl;

/** Where an Ollama listens, parsed once and by the same parser that will connect to it. */
public final class UpstreamUrl {

    private static final int MAX_LENGTH = 2000;

    private UpstreamUrl() {}

    /**
     * @param text an http(s) URL without credentials, query or fragment
     * @return its canonical form, without a trailing slash in the path beyond the root
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static HttpUrl parse(String text) {
        var url = text.length() > MAX_LENGTH || text.contains("\\") ? null : HttpUrl.parse(text.strip());
        if (url == null || !text.strip().matches("(?i)https?://[^/].*")) {
            throw new IllegalArgumentException("must be an http or https URL");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException("must not contain credentials");
        }
        if (url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException("must not have a query or a fragment");
        }
        return HttpUrl.get(text(url));
    }

    /** @return the canonical text, as it is stored and shown: no slash at the end */
    public static String text(HttpUrl url) {
        return url.toString().replaceAll("/+$", "");
    }
}

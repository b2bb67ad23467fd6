package ollamaweb.providers;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Where the paths of an API begin whose paths name its version: people leave {@code v1} out of a server's URL, or write it. */
public final class ApiUrl {

    private static final Pattern VERSION = Pattern.compile("v[0-9]+[a-z0-9]*");

    private ApiUrl() {}

    /**
     * @param base what a server is known by: {@code http://localhost:8080}, {@code https://api.openai.com/v1}
     * @param path without version: {@code chat/completions}
     * @return the path below the base's version, or else below its {@code v1}
     */
    public static HttpUrl of(HttpUrl base, String path) {
        boolean isVersioned = base.pathSegments().stream().anyMatch(segment -> VERSION.matcher(segment).matches());
        return base.newBuilder().addPathSegments(isVersioned ? path : "v1/" + path).build();
    }
}

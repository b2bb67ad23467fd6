package ollamaweb.upstreams;

import java.util.regex.Pattern;
import ollamaweb.http.Check;
import ollamaweb.outbound.UpstreamUrl;

/**
 * Body of {@code POST /api/upstreams}.
 *
 * @param apiKey   null for a server that asks for none
 * @param enabled  true where it is missing
 * @param priority 0 to 1000, 100 where it is missing
 * @param shared   whether it is for everybody; false where it is missing
 */
public record UpstreamDraft(String name, String kind, String url, String apiKey, Boolean enabled, Integer priority, Boolean shared) {

    static final String OWN_OLLAMA = "ollama";
    private static final int MAX_NAME = 50;
    private static final int MAX_KEY = 1000;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]*");

    public UpstreamDraft {
        check(name, kind, url, apiKey, priority).required("name", name).required("kind", kind).required("url", url).orThrow();
        enabled = enabled == null || enabled;
        priority = priority == null ? (Integer) FixedUpstream.PRIORITY : priority;
        shared = shared != null && shared;
    }

    /** @return what is wrong with those that are not null */
    static Check check(String name, String kind, String url, String apiKey, Integer priority) {
        var check = Check.body()
                .line("name", name, 1, MAX_NAME)
                .that(name == null || !name.contains("/") && name.equals(name.strip()), "name",
                        "must not have a slash, or white space at its ends", "value_error")
                .that(!OWN_OLLAMA.equals(name), "name", "is what the account's own Ollama is called", "value_error")
                .oneOf("kind", kind, Upstream.KINDS)
                .text("api_key", apiKey, 1, MAX_KEY)
                .that(apiKey == null || KEY.matcher(apiKey).matches(), "api_key", "must have visible ASCII characters only", "value_error")
                .range("priority", priority, 0, Upstream.MAX_PRIORITY);
        check.parsed("url", url, UpstreamUrl::parse);
        return check;
    }
}

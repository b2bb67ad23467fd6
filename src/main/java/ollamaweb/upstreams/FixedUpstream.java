package ollamaweb.upstreams;

import okhttp3.HttpUrl;
import ollamaweb.outbound.UpstreamUrl;

/**
 * A server for everybody that the server's settings name.
 *
 * @param key its API key, or null
 */
public record FixedUpstream(String name, String kind, HttpUrl url, String key) {

    static final int PRIORITY = 100;

    Upstream shown() {
        return new Upstream(null, name, kind, UpstreamUrl.text(url), key != null, true, PRIORITY, true, false, null, null);
    }

    ActiveUpstream active() {
        return new ActiveUpstream(name, kind, url, key, true, PRIORITY, 0);
    }

    /** Without its key. */
    @Override
    public String toString() {
        return "FixedUpstream[" + name + " at " + url + "]";
    }
}

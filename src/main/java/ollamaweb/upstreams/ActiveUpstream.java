package ollamaweb.upstreams;

import okhttp3.HttpUrl;

/**
 * A server that can be asked.
 *
 * @param kind   whose API it speaks
 * @param key    its API key, or null
 * @param shared whether it is for everybody, and may be where only admins lead to
 * @param id     of its row; 0 for one of the settings
 */
public record ActiveUpstream(String name, String kind, HttpUrl url, String key, boolean shared, int priority, long id) {

    /** Without its key. */
    @Override
    public String toString() {
        return "ActiveUpstream[" + name + " at " + url + "]";
    }
}

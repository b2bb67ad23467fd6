package ollamaweb.gateway;

import okhttp3.Call;
import ollamaweb.models.ModelTarget;
import ollamaweb.providers.NetworkReads;

/**
 * Where a request is passed on to.
 *
 * @param reads of the call's answer
 * @param next where it may be passed on to if nobody answers there, or null
 */
record Destination(Call call, NetworkReads reads, ModelTarget target, Destination next) {

    /** @return what tells its line from others */
    String host() {
        return target.host();
    }

    /** @return what people call the server */
    String title() {
        return target.source().title();
    }
}

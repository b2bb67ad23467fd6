package ollamaweb.gateway;

import okhttp3.Call;
import okhttp3.Request;

/**
 * Where a request is passed on to.
 *
 * @param host  what tells its line from others
 * @param title what people call the server
 */
record Destination(Call call, String host, String title) {

    static Destination of(Call.Factory calls, Request request, String host, String title) {
        return new Destination(calls.newCall(request), host, title);
    }
}

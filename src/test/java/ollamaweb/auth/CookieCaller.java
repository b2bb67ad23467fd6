package ollamaweb.auth;

import java.util.Arrays;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;

/** Calls the server as a browser does that has a cookie, or has none. */
record CookieCaller(TestApp app) {

    /** @return the cookie that the answer sets */
    static String cookie(Answer answer) {
        return answer.headers().get("Set-Cookie").replaceFirst("ollama_web=([^;]*);.*", "$1");
    }

    /** As the page of this server calls it. */
    Answer own(String cookie, String method, String path, String... json) {
        return by(cookie, method, path, Stream.concat(Stream.of(json), Stream.of("Sec-Fetch-Site", "same-origin")).toArray(String[]::new));
    }

    /** @param rest the body, where there is one, and then names and values of headers in turn */
    Answer by(String cookie, String method, String path, String... rest) {
        var body = rest.length % 2 == 0 ? null : RequestBody.create(rest[0], MediaType.get("application/json"));
        var headers = body == null ? rest : Arrays.copyOfRange(rest, 1, rest.length);
        var anybody = app.anonymous();
        var request = anybody.request(path).method(method, body);
        if (cookie != null) {
            request.header("Cookie", "other=1; ollama_web=" + cookie);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return anybody.send(request.build());
    }
}

package ollamaweb.testing;

import java.util.Map;

/** One HTTP request, read to its end; header names are case-insensitive. */
record Request(String method, String path, Map<String, String> headers, byte[] body) {

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean wantsClose() {
        return "close".equalsIgnoreCase(headers.get("Connection"));
    }
}

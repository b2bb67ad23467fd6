package ollamaweb.auth;

import ollamaweb.http.Check;

/** Body of {@code POST /api/auth/setup}; without a key the server makes one. */
record SetupRequest(String apiKey, String ollamaUrl) {

    private static final int MIN_KEY = 8;
    private static final int MAX_KEY = 256;

    SetupRequest {
        Check.body()
                .text("api_key", apiKey, MIN_KEY, MAX_KEY)
                .that(apiKey == null || isPrintable(apiKey), "api_key", "must be printable characters without spaces at its ends",
                        "value_error")
                .orThrow();
    }

    private static boolean isPrintable(String key) {
        return key.strip().equals(key) && key.codePoints().allMatch(c -> !Character.isISOControl(c) && Character.isDefined(c));
    }
}

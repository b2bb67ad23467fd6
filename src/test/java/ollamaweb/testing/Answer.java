package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Response;
import ollamaweb.json.Json;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What the server answered, read to its end. */
public record Answer(int status, Headers headers, String body) {

    static Answer of(Response response) throws IOException {
        try (response) {
            return new Answer(response.code(), response.headers(), response.body().string());
        }
    }

    public JsonNode json() {
        return Json.read(body, JsonNode.class);
    }

    /** @return the id in the body */
    public long id() {
        return json().path("id").asLong();
    }

    public static Assertion assertThat(Answer answer) {
        return new Assertion(answer);
    }

    /** What tests say of answers. */
    public static final class Assertion extends AbstractAssert<Assertion, Answer> {

        private Assertion(Answer answer) {
            super(answer, Assertion.class);
        }

        public Assertion hasStatus(int status) {
            Assertions.assertThat(actual.status()).as(actual.body()).isEqualTo(status);
            return this;
        }

        public Assertion isOk() {
            return hasStatus(200);
        }

        /** The error of either API family. */
        public Assertion isError(int status, String detail) {
            hasStatus(status);
            Assertions.assertThat(actual.json().path("detail").asText()).isEqualTo(detail);
            return this;
        }

        /** A 422 that names this field, for example {@code body.messages.3.role}. */
        public Assertion isInvalid(String loc) {
            isError(422, "Request validation failed");
            var locs = actual.json().path("errors").findValues("loc").stream()
                    .map(steps -> {
                        var path = new StringBuilder();
                        steps.forEach(step -> path.append(path.isEmpty() ? "" : ".").append(step.asText()));
                        return path.toString();
                    }).toList();
            Assertions.assertThat(locs).as(actual.body()).contains(loc);
            return this;
        }

        /** Exactly this JSON, in whatever order its members are. */
        public Assertion isJson(String json) {
            Assertions.assertThat(actual.json()).isEqualTo(Json.read(json, JsonNode.class));
            return this;
        }

        public Assertion hasHeader(String name, String value) {
            Assertions.assertThat(actual.headers().get(name)).isEqualTo(value);
            return this;
        }
    }
}

package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.json.Json;

/**
 * Somebody who registered by e-mail, with the tokens of one session.
 *
 * @param client speaks with the session's access token
 */
public record SignedInUser(TestApp app, Client client, String accessToken, String refreshToken, JsonNode user) {

    public static final String PASSWORD = "Correct horse 1";

    /** @return a new account {@code name@example.org} */
    public static SignedInUser registers(TestApp app, String name) {
        var answer = app.anonymous().post("/api/v1/auth/register", """
                {"email":"%s@example.org","password":"%s","display_name":"%s"}""".formatted(name, PASSWORD, name));
        Answer.assertThat(answer).hasStatus(201);
        return of(app, answer.json().path("data"));
    }

    /** @return the same account in a session of its own */
    public SignedInUser signsInAgain() {
        var answer = signsIn(PASSWORD);
        Answer.assertThat(answer).isOk();
        return of(app, answer.json().path("data"));
    }

    /** @return the answer to signing in with this password */
    public Answer signsIn(String password) {
        return app.anonymous().post("/api/v1/auth/login", """
                {"email":%s,"password":"%s"}""".formatted(Json.write(email()), password));
    }

    /** @return a client with a new API key of the account */
    public Client withKey() {
        return app.with(client.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().at("/data/api_key").asText());
    }

    /** @return the answer to an exchange of the refresh token */
    public Answer refreshes() {
        return app.anonymous().post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}");
    }

    /** @return the same session with the tokens of such an answer */
    public SignedInUser with(Answer refreshed) {
        var data = refreshed.json().path("data");
        return new SignedInUser(app, app.with(data.path("access_token").asText()), data.path("access_token").asText(),
                data.path("refresh_token").asText(), user);
    }

    public long id() {
        return user.path("id").asLong();
    }

    public String email() {
        return user.path("email").asText();
    }

    private static SignedInUser of(TestApp app, JsonNode data) {
        var accessToken = data.path("access_token").asText();
        return new SignedInUser(app, app.with(accessToken), accessToken, data.path("refresh_token").asText(), data.path("user"));
    }
}

package ollamaweb.providers;

import java.util.List;

/** What a model is asked, however its provider wants to be told. */
public record ChatRequest(String model, List<Turn> messages, ChatOptions options) {

    /** One message; role is {@code system}, {@code user} or {@code assistant}. */
    public record Turn(String role, String content) {}
}

package ollamaweb.providers;

import java.util.List;

/**
 * What a model is asked, however its provider wants to be told.
 *
 * @param temperature 0 to 2; null: the model's own
 */
public record ChatRequest(String model, List<Turn> messages, Double temperature) {

    /** One message; role is {@code system}, {@code user} or {@code assistant}. */
    public record Turn(String role, String content) {}
}

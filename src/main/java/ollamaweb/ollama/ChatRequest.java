package ollamaweb.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The body of {@code POST /api/chat}, as Ollama wants it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatRequest(String model, List<Turn> messages, boolean stream, Options options) {

    /** One message; role is {@code system}, {@code user} or {@code assistant}. */
    public record Turn(String role, String content) {}

    /** @param temperature 0 to 2 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Options(Double temperature) {}

    /** A request for an answer that comes piece by piece. */
    public static ChatRequest streaming(String model, List<Turn> messages, Double temperature) {
        return new ChatRequest(model, messages, true, new Options(temperature));
    }
}

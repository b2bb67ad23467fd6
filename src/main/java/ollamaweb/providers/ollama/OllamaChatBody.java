package ollamaweb.providers.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import ollamaweb.providers.ChatRequest;

/** The body of {@code POST /api/chat}, as Ollama wants it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OllamaChatBody(String model, List<ChatRequest.Turn> messages, boolean stream, Options options) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Options(Double temperature) {}

    /** A request for an answer that comes piece by piece. */
    static OllamaChatBody streaming(ChatRequest chat) {
        return new OllamaChatBody(chat.model(), chat.messages(), true, new Options(chat.temperature()));
    }
}

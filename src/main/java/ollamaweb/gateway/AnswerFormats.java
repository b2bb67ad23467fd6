package ollamaweb.gateway;

import java.util.function.Function;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderKind;
import ollamaweb.providers.StreamedChat;

/**
 * How answers that are passed on are read; those of OpenAI's API by what people call the server.
 *
 * @param ollama       Ollama's answers, as a stream or whole
 * @param openAiStream OpenAI's as a stream
 * @param openAiWhole  OpenAI's as one document
 */
public record AnswerFormats(Format ollama, Function<String, Format> openAiStream, Function<String, Format> openAiWhole) {

    /**
     * One of them.
     *
     * @param kind   reads why a request was refused
     * @param reader gives what reads an answer and tells the listener
     */
    public record Format(ProviderKind kind, Function<ChatListener, StreamedChat.Format> reader) {}
}

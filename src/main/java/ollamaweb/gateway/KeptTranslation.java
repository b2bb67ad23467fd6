package ollamaweb.gateway;

import java.io.IOException;
import java.time.Clock;
import ollamaweb.models.ModelTarget;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ToolCall;

/**
 * As {@link TranslatedChat}, of an answer that is kept: what keeps it hears all that the client is told. It goes on when the client
 * leaves; how much of it there can be is up to what keeps it.
 */
final class KeptTranslation implements ChatCall, ChatListener {

    private final RelayClient client;
    private final ChatListener keeper;
    private final OllamaLines lines;
    private final ChatCall call;

    KeptTranslation(OllamaChatReader.Chat chat, ModelTarget target, RelayClient client, ChatListener keeper, Clock clock) {
        this.client = client;
        this.keeper = keeper;
        this.lines = new OllamaLines(chat.request().model(), chat.stream(), clock, this::send);
        this.call = target.chat(chat.request(), this);
    }

    @Override
    public void run() {
        try {
            call.run();
        } catch (ProviderException e) {
            if (client.hasBegun()) {
                send(OllamaLines.failure(e));
            }
            throw e;
        }
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    @Override
    public void progress() {
        keeper.progress();
    }

    @Override
    public void content(String piece) {
        keeper.content(piece);
        lines.content(piece);
    }

    @Override
    public void thinking(String piece) {
        keeper.thinking(piece);
        lines.thinking(piece);
    }

    @Override
    public void toolCall(ToolCall tool) {
        keeper.toolCall(tool);
        lines.toolCall(tool);
    }

    @Override
    public void caughtUp() {
        keeper.caughtUp();
    }

    @Override
    public void end(ChatEnd end) {
        keeper.end(end);
        lines.end(end);
    }

    private void send(byte[] line) {
        try {
            if (!client.hasBegun() && !client.isGone()) {
                client.begin(200, lines.mediaType(), -1);
            }
        } catch (IOException e) {
            client.breakOff();
        }
        client.write(line, 0, line.length);
        keeper.progress(); // a client that takes its time is no silence
    }
}

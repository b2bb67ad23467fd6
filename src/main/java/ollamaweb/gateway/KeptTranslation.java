package ollamaweb.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.json.Json;
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
    private final Clock clock;
    private final String model;
    private final boolean stream;
    private final ChatCall call;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final long begun = System.nanoTime();

    private record Failed(String error) {}

    KeptTranslation(OllamaChatReader.Chat chat, ModelTarget target, RelayClient client, ChatListener keeper, Clock clock) {
        this.client = client;
        this.keeper = keeper;
        this.clock = clock;
        this.model = chat.request().model();
        this.stream = chat.stream();
        this.call = target.chat(chat.request(), this);
    }

    @Override
    public void run() {
        try {
            call.run();
        } catch (ProviderException e) {
            if (client.hasBegun()) {
                send((Json.write(new Failed(e.getMessage())) + "\n").getBytes(StandardCharsets.UTF_8));
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
        if (stream) {
            send(OllamaLine.piece(model, clock.instant(), piece, "", List.of()).bytes());
        } else {
            content.append(piece);
        }
    }

    @Override
    public void thinking(String piece) {
        keeper.thinking(piece);
        if (stream) {
            send(OllamaLine.piece(model, clock.instant(), "", piece, List.of()).bytes());
        } else {
            thinking.append(piece);
        }
    }

    @Override
    public void toolCall(ToolCall tool) {
        keeper.toolCall(tool);
        if (stream) {
            send(OllamaLine.piece(model, clock.instant(), "", "", List.of(tool)).bytes());
        } else {
            calls.add(tool);
        }
    }

    @Override
    public void caughtUp() {
        keeper.caughtUp();
    }

    @Override
    public void end(ChatEnd end) {
        keeper.end(end);
        send(OllamaLine.last(model, clock.instant(), content.toString(), thinking.toString(), calls, end, System.nanoTime() - begun)
                .bytes());
    }

    private void send(byte[] line) {
        try {
            if (!client.hasBegun() && !client.isGone()) {
                client.begin(200, stream ? "application/x-ndjson" : "application/json; charset=utf-8", -1);
            }
        } catch (IOException e) {
            client.breakOff();
        }
        client.write(line, 0, line.length);
        keeper.progress(); // a client that takes its time is no silence
    }
}

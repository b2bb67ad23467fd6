package ollamaweb.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import ollamaweb.http.ApiException;
import ollamaweb.http.RelayedAnswer;
import ollamaweb.models.ModelTarget;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ToolCall;
import ollamaweb.turns.Turn;

/** A chat of a program that speaks Ollama's API with a model whose server speaks another: what that says is told as Ollama tells it. */
final class TranslatedChat implements Passing, ChatListener {

    private final Consumer<TranslatedChat> onClose;
    private final OllamaLines lines;
    private final Turn turn;
    private final ChatCall call;
    private volatile long lastHeard = Long.MAX_VALUE;
    private volatile boolean silent;
    private volatile ChatEnd end;
    private long pieces;
    private Context ctx;
    private CompletableFuture<Void> finished;
    private RelayedAnswer answer;

    /** The client takes no more. */
    private static final class ClientLeft extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param turn    at the target's host
     * @param onClose is given this, once it is closed
     */
    TranslatedChat(OllamaChatReader.Chat chat, ModelTarget target, Turn turn, Clock clock, Consumer<TranslatedChat> onClose) {
        this.onClose = onClose;
        this.lines = new OllamaLines(chat.request().model(), chat.stream(), clock, this::send);
        this.turn = turn;
        this.call = target.chat(chat.request(), this);
    }

    @Override
    public void run(Context context, CompletableFuture<Void> end) {
        ctx = context;
        finished = end;
        try {
            if (!turn.await(position -> {})) {
                throw ApiException.busy("The request was ended while it waited in line", 1);
            }
            lastHeard = System.nanoTime();
            call.run();
            answer.end();
        } catch (ClientLeft e) {
            call.cancel();
            finished.complete(null);
        } catch (ProviderException e) {
            fail(silent ? new ProviderException(ProviderException.Reason.SILENT, "The model has been silent for too long") : e);
        } catch (RuntimeException | Error e) {
            finished.completeExceptionally(e);
        }
    }

    /** Before the first word it is a status, after it a line, as Ollama has it. */
    private void fail(ProviderException e) {
        if (answer == null) {
            finished.completeExceptionally(e);
            return;
        }
        var line = OllamaLines.failure(e);
        answer.write(line, line.length);
        answer.end();
    }

    @Override
    public void progress() {
        lastHeard = System.nanoTime();
    }

    @Override
    public void content(String piece) {
        pieces++;
        lines.content(piece);
    }

    @Override
    public void thinking(String piece) {
        pieces++;
        lines.thinking(piece);
    }

    @Override
    public void toolCall(ToolCall tool) {
        lines.toolCall(tool);
    }

    @Override
    public void caughtUp() {}

    @Override
    public void end(ChatEnd ended) {
        end = ended;
        lines.end(ended);
    }

    /** @return how many tokens question and answer had; of an answer that was broken off, as many as it had pieces */
    long tokens() {
        return end == null ? pieces : orNone(end.promptTokens()) + orNone(end.answerTokens());
    }

    private static long orNone(Integer count) {
        return count == null ? 0 : count;
    }

    private void send(byte[] line) {
        try {
            if (answer == null) {
                answer = RelayedAnswer.begin(ctx, 200, lines.mediaType(), -1, finished);
            }
        } catch (IOException e) {
            throw ProviderException.broken("The answer could not be passed on", e);
        }
        if (!(answer.write(line, line.length) && answer.flush())) {
            throw new ClientLeft();
        }
        lastHeard = System.nanoTime(); // a client that takes its time is no silence
    }

    /** Gives it up if its model has said nothing for longer than that. */
    void endIfSilent(long now, long limitNanos) {
        if (lastHeard != Long.MAX_VALUE && now - lastHeard > limitNanos) {
            silent = true;
            call.cancel();
        }
    }

    @Override
    public void cancel() {
        call.cancel();
        turn.cancel();
    }

    @Override
    public void close() {
        turn.close();
        onClose.accept(this);
    }
}

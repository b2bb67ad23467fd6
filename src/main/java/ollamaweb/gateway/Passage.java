package ollamaweb.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import okhttp3.Response;
import ollamaweb.http.ApiException;
import ollamaweb.models.ModelProviders;
import ollamaweb.outbound.ForbiddenAddressException;
import ollamaweb.providers.NetworkReads;
import ollamaweb.providers.ProviderException;
import ollamaweb.turns.Turn;
import ollamaweb.turns.Turns;

/** One request on its way: it waits for its turn at a host, and moves on to the next host, and its line, where nobody answers. */
final class Passage implements Passing {

    private final ModelProviders providers;
    private final Turns turns;
    private final long userId;
    private final boolean inTurn;
    private final LongConsumer tokens;
    private Destination destination;
    private Turn turn;
    private boolean ended;

    /**
     * @param turns  to be waited for; null if none is needed
     * @param userId who asks
     * @param tokens is told how many an answer had that a model made
     * @throws ApiException 429 or 503 if the line is too long
     */
    Passage(ModelProviders providers, Turns turns, Destination destination, long userId, LongConsumer tokens) {
        this.providers = providers;
        this.turns = turns;
        this.userId = userId;
        this.inTurn = turns != null;
        this.tokens = tokens;
        this.destination = destination;
        this.turn = inTurn ? turns.enter(destination.host(), userId) : null;
    }

    /**
     * Blocks until the server begins to answer.
     *
     * @throws ApiException      503 if it was cancelled while it waited
     * @throws ProviderException if nobody answers
     */
    Response begin() {
        while (true) {
            var waited = turn();
            if (waited != null && !waited.await(position -> {})) {
                throw ApiException.busy("The request was ended while it waited in line", 1);
            }
            var asked = destination();
            try {
                return asked.call().execute();
            } catch (ForbiddenAddressException e) {
                throw ProviderException.forbidden(e);
            } catch (IOException e) {
                providers.isAway(asked.target());
                if (!movesOn()) {
                    throw ProviderException.unreachable(asked.title(), e);
                }
            }
        }
    }

    private synchronized boolean movesOn() {
        var next = destination.next();
        if (ended || next == null) {
            return false;
        }
        if (inTurn) {
            turn.close();
            turn = turns.enter(next.host(), userId);
        }
        destination = next;
        return true;
    }

    private synchronized Turn turn() {
        return turn;
    }

    /** Counts the tokens of an answer, if a model had to make it. */
    void count(long total) {
        if (inTurn) {
            tokens.accept(total);
        }
    }

    /** @return those of the answer that has begun */
    NetworkReads reads() {
        return destination().reads();
    }

    private synchronized Destination destination() {
        return destination;
    }

    @Override
    public void run(Context ctx, CompletableFuture<Void> finished) {
        Gateway.relay(ctx, this, finished);
    }

    @Override
    public synchronized void cancel() {
        ended = true;
        destination.call().cancel();
        if (turn != null) {
            turn.cancel();
        }
    }

    @Override
    public void close() {
        var left = turn();
        if (left != null) {
            left.close();
        }
    }
}

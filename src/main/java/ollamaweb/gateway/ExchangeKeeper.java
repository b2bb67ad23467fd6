package ollamaweb.gateway;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import ollamaweb.chat.AnswerMaker;
import ollamaweb.chat.Exchange;
import ollamaweb.chat.Generations;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RelayLimits;

/** Keeps what clients of Ollama's and OpenAI's APIs ask and are answered, where they or their keys want that. */
public final class ExchangeKeeper {

    private static final String OPENAI_PATHS = "v1/";

    private final Gateway gateway;
    private final Generations generations;
    private final AnswerFormats formats;
    private final LongPredicate keyKeeps;

    /** @param keyKeeps whether what is asked with the key of this id is kept where the request says nothing of it */
    public ExchangeKeeper(Gateway gateway, Generations generations, AnswerFormats formats, LongPredicate keyKeeps) {
        this.gateway = gateway;
        this.generations = generations;
        this.formats = formats;
        this.keyKeeps = keyKeeps;
    }

    /**
     * Passes the request on and keeps it with its answer, if that is wanted.
     *
     * @return false if it is not; then nothing was done
     * @throws ollamaweb.http.ApiException if it is to be kept and cannot be
     */
    boolean keep(Context ctx, String path) {
        boolean isOpenAi = path.startsWith(OPENAI_PATHS);
        var user = CurrentUser.of(ctx);
        var wish = StoreWish.of(ctx, isOpenAi, () -> user.keyId() != null && keyKeeps.test(user.keyId()));
        var exchange = wish.flatMap(found -> exchange(path, found));
        if (exchange.isEmpty()) {
            return false;
        }
        keep(ctx, user, path, exchange.get(), wish.get().body().path("stream").asBoolean(!isOpenAi));
        return true;
    }

    private static Optional<Exchange> exchange(String path, StoreWish wish) {
        return switch (path) {
            case "api/chat" -> ExchangeReader.ollamaChat(wish);
            case "api/generate" -> ExchangeReader.ollamaGenerate(wish);
            default -> ExchangeReader.openAiChat(wish);
        };
    }

    private void keep(Context ctx, CurrentUser user, String path, Exchange exchange, boolean isStream) {
        var client = new RelayClient(ctx);
        var maker = maker(ctx, path, client, exchange.modelName(), isStream);
        var relay = gateway.begin(user, client::leave);
        try {
            var kept = generations.keep(user, exchange, maker);
            ctx.header("X-Conversation-Id", Long.toString(kept.conversationId()));
            ctx.header("X-Message-Id", Long.toString(kept.messageId()));
            kept.onEnd(failure -> gateway.execute(() -> client.end(failure)));
        } catch (RuntimeException | Error e) {
            relay.close();
            throw e;
        }
        ctx.future(() -> {
            closeOnEnd(client, relay);
            return client.open();
        });
    }

    private AnswerMaker maker(Context ctx, String path, RelayClient client, String model, boolean isStream) {
        return gateway.translation(ctx, path)
                .map(found -> new AnswerMaker((request, listener) -> new KeptTranslation(found.chat(), found.target(), client, listener,
                        Clock.systemUTC()), found.target(), null))
                .orElseGet(() -> maker(gateway.destination(ctx, path), client, model, title -> format(path, title, isStream)));
    }

    private static AnswerMaker maker(Destination destination, RelayClient client, String model,
            Function<String, AnswerFormats.Format> formats) {
        if (destination == null) {
            return null;
        }
        var format = formats.apply(destination.title());
        return new AnswerMaker((request, listener) -> new KeptRelay(destination.call(), client, listener, format.reader().apply(listener),
                format.kind(), model), destination.target(), maker(destination.next(), client, model, formats));
    }

    private AnswerFormats.Format format(String path, String title, boolean isStream) {
        if (!path.startsWith(OPENAI_PATHS)) {
            return formats.ollama();
        }
        return isStream ? formats.openAiStream().apply(title) : formats.openAiWhole().apply(title);
    }

    private static void closeOnEnd(RelayClient client, RelayLimits.Relay relay) {
        var unused = client.finished().whenComplete((done, failure) -> relay.close());
    }
}

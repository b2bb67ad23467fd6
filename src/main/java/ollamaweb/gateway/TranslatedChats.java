package ollamaweb.gateway;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import ollamaweb.concurrent.Threads;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.ModelTarget;
import ollamaweb.turns.Turns;

/** The chats of programs that speak Ollama's API with models whose servers do not; gives up those that are silent. */
final class TranslatedChats implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final ModelProviders providers;
    private final Turns turns;
    private final long idleTimeoutNanos;
    private final ObjLongConsumer<CurrentUser> tokens;
    private final Set<TranslatedChat> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, Threads.small("translated-chats"));

    /** @param tokens is told who had how many tokens of an answer */
    TranslatedChats(ModelProviders providers, Turns turns, Duration idleTimeout, ObjLongConsumer<CurrentUser> tokens) {
        this.providers = providers;
        this.turns = turns;
        this.idleTimeoutNanos = idleTimeout.toNanos();
        this.tokens = tokens;
        var unused = watch.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A chat that has to be translated, and who is asked. */
    record Translation(OllamaChatReader.Chat chat, ModelTarget target) {}

    /**
     * @return to be run and closed; empty where the model's server speaks Ollama's API
     * @throws ApiException 400 if it cannot be passed on, 429 or 503 if the line is too long
     */
    Optional<Passing> of(Context ctx) {
        return translation(ctx).map(found -> {
            var user = CurrentUser.of(ctx);
            var turn = turns.enter(found.target().host(), user.id());
            var translated = new TranslatedChat(found.chat(), found.target(), turn, Clock.systemUTC(), ended -> {
                underWay.remove(ended);
                tokens.accept(user, ended.tokens());
            });
            underWay.add(translated);
            return translated;
        });
    }

    /**
     * @return empty where the model's server speaks Ollama's API
     * @throws ApiException 400 if it cannot be passed on
     */
    Optional<Translation> translation(Context ctx) {
        long userId = CurrentUser.id(ctx);
        if (!providers.hasSeveral(userId)) {
            return Optional.empty();
        }
        var body = Input.bytes(ctx);
        var target = providers.target(userId, RequestedModel.in(body)::name);
        return target.source().isOllama() ? Optional.empty() : Optional.of(new Translation(OllamaChatReader.read(body), target));
    }

    private void look() {
        long now = System.nanoTime();
        underWay.forEach(chat -> chat.endIfSilent(now, idleTimeoutNanos));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}

package ollamaweb;

import io.javalin.apibuilder.EndpointGroup;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;
import ollamaweb.auth.KeyDefaults;
import ollamaweb.chat.Generations;
import ollamaweb.db.Database;
import ollamaweb.gateway.AnswerFormats;
import ollamaweb.gateway.AnswerFormats.Format;
import ollamaweb.gateway.ExchangeKeeper;
import ollamaweb.gateway.Gateway;
import ollamaweb.gateway.GatewayRoutes;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelProviders;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.KeyedKind;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.ollama.OllamaChatFormat;
import ollamaweb.providers.ollama.OllamaKind;
import ollamaweb.providers.openai.OpenAiChatFormat;
import ollamaweb.providers.openai.OpenAiDocumentFormat;
import ollamaweb.turns.Turns;

/** What programs reach that speak Ollama's or OpenAI's API. */
final class GatewayServices implements EndpointGroup, AutoCloseable {

    private final Gateway gateway;
    private final GatewayRoutes routes;

    /**
     * @param generations keeps what is to be kept
     * @param tokens      is told who had how many tokens of what is not kept
     */
    GatewayServices(Settings settings, Database database, UpstreamProviders places, ModelProviders providers, Turns turns,
            RevokedCredentials revoked, Generations generations, ObjLongConsumer<CurrentUser> tokens) {
        gateway = new Gateway(places::http, providers, turns, revoked, settings.streamIdleTimeout(), tokens);
        var formats = new AnswerFormats(new Format(OllamaKind.OLLAMA, OllamaChatFormat::new),
                title -> openAi(title, OpenAiChatFormat::new), title -> openAi(title, OpenAiDocumentFormat::new));
        routes = new GatewayRoutes(gateway, new ExchangeKeeper(gateway, generations, formats, new KeyDefaults(database)::stores));
    }

    private static Format openAi(String title, BiFunction<ChatListener, KeyedKind, StreamedChat.Format> reader) {
        var kind = new KeyedKind(title, "OpenAI");
        return new Format(kind, listener -> reader.apply(listener, kind));
    }

    @Override
    public void addEndpoints() {
        routes.addEndpoints();
    }

    @Override
    public void close() {
        gateway.close();
    }
}

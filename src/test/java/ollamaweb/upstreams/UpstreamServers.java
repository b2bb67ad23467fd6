package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import ollamaweb.testing.Client;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ScriptedOpenAi;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;

/** A server of each kind with models, beside the account's Ollama; to be closed. */
final class UpstreamServers implements AutoCloseable {

    final ScriptedServer lan = ScriptedOpenAi.start(new String[] {"tiny", "gpt-oss", "acme/big"}, "from ", "lan");
    final ScriptedServer cloud = ScriptedOpenAi.startAnthropic(new String[] {"claude"}, "from ", "cloud");
    final ScriptedOllama other = ScriptedOllama.start();

    /** @return as {@code OLLAMA_ALLOWED_HOSTS} lists them */
    String hosts() {
        return Stream.of(lan.url(), cloud.url(), other.url()).map(url -> url.replace("http://", "")).collect(Collectors.joining(","));
    }

    /** Installs models at the Ollamas. The first account is the admin. */
    void install(TestApp app) {
        app.as("admin");
        app.ollama().installed("tiny", "own");
        app.ollama().model("tiny", say("from own"));
        other.installed("llama");
        other.model("llama", say("from other"));
    }

    /** @return the account, which has all of them; they are added once */
    Client addTo(Client user) {
        if (!user.get("/api/upstreams").body().contains("\"lan\"")) {
            add(user, "lan", "openai", lan.url(), 1);
            add(user, "cloud", "anthropic", cloud.url(), 2);
            add(user, "other", "ollama", other.url(), 3);
        }
        return user;
    }

    static void add(Client user, String name, String kind, String url, int priority) {
        assertThat(user.post("/api/upstreams", "{\"name\":\"%s\",\"kind\":\"%s\",\"url\":\"%s\",\"priority\":%d,\"api_key\":\"sk-1\"}"
                .formatted(name, kind, url, priority))).hasStatus(201);
    }

    @Override
    public void close() {
        lan.close();
        cloud.close();
        other.close();
    }
}

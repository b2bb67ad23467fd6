package ollamaweb.testing;

import java.util.concurrent.CountDownLatch;

/** Runs a {@link ScriptedOllama} with its default models until it is killed: {@code [--port N]}. */
public final class ScriptedOllamaMain {
    private static final int OLLAMA_PORT = 11434;

    private ScriptedOllamaMain() {}

    public static void main(String[] args) throws InterruptedException {
        var ollama = ScriptedOllama.start(port(args));
        System.out.println("scripted Ollama on " + ollama.url());
        new CountDownLatch(1).await();
    }

    private static int port(String... args) {
        if (args.length == 0) {
            return OLLAMA_PORT;
        }
        if (args.length == 2 && args[0].equals("--port")) {
            return Integer.parseInt(args[1]);
        }
        throw new IllegalArgumentException("usage: ScriptedOllamaMain [--port N]");
    }
}

package ollamaweb.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Random;
import ollamaweb.json.Json;

/** Asks, and listens to the answers. */
final class Chats {

    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";

    private final Api api;
    private final Journal journal;
    private final Random random;

    Chats(Api api, Journal journal, long seed) {
        this.api = api;
        this.journal = journal;
        this.random = new Random(seed);
    }

    void once() throws IOException {
        var question = "Question " + random.nextLong();
        var model = random.nextInt(3) == 0 ? "echo" : random.nextBoolean() ? "short" : "long";
        try (var lines = api.ask("{\"message\":" + Json.write(question) + ",\"model_name\":\"" + model + "\"}")) {
            listen(lines.iterator(), question);
        }
    }

    private void listen(Iterator<String> lines, String question) {
        long conversationId = 0;
        Reply reply = null;
        var event = "";
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                var data = Json.read(line.substring(DATA.length()), JsonNode.class);
                switch (event) {
                    case "conversation_created" -> conversationId = data.path("conversation_id").asLong();
                    case "message_created" -> {
                        reply = journal.add(new Reply(conversationId, data.path("answer_id").asLong(), question));
                        journal.acknowledge();
                    }
                    case "token" -> reply.hear(data.path("content").asText());
                    case "done" -> {
                        reply.end();
                        journal.acknowledge();
                    }
                    case "error" -> throw new Broken("An answer ended with " + data);
                    default -> {
                        // nothing that has to be kept
                    }
                }
            }
        }
    }
}

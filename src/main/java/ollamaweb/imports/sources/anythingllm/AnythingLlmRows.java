package ollamaweb.imports.sources.anythingllm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.JsonRows;
import ollamaweb.imports.sources.JsonScanner;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.RowPlaces;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.ThinkTags;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;
import ollamaweb.imports.sources.UnreadableValueException;

/** Rows of a question and its answer each. They name no thread: what a user asked in a workspace is one conversation. */
final class AnythingLlmRows {

    private static final char BETWEEN = '\n';

    private final SourceContainer file;
    private final JsonTreeReader trees;
    private final JsonTreeReader names = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("prompt", "response", "attachments"));
    private final ConversationFeed feed;
    private final RowPlaces rows = new RowPlaces();

    AnythingLlmRows(SourceContainer file, JsonTreeReader trees, ConversationSink sink) {
        this.file = file;
        this.trees = trees;
        this.feed = new ConversationFeed(sink, trees, json -> null);
    }

    void read() throws IOException {
        String problem = null;
        try {
            find();
        } catch (UnreadableException e) {
            problem = e.getMessage();
        }
        try (var places = new JsonRows(file.path(), trees)) {
            for (var group : rows.groups()) {
                if (!feed.hasEnded()) {
                    tell(places, group);
                }
            }
        }
        if (problem != null) {
            feed.fail("The file", problem);
        }
    }

    private void find() throws IOException {
        try (var in = file.open()) {
            var scanner = new JsonScanner(in);
            scanner.beginArray();
            while (scanner.nextElement()) {
                long position = scanner.position();
                try {
                    var row = names.read(scanner.value());
                    rows.add(text(row, "workspace") + BETWEEN + text(row, "username"), position);
                } catch (UnreadableValueException e) {
                    rows.add("" + BETWEEN, position); // what is wrong is told when it is read
                }
            }
        }
    }

    private static String text(JsonNode row, String name) {
        var text = Fields.text(row, name);
        return text == null ? "" : text;
    }

    private void tell(JsonRows places, String group) throws IOException {
        var workspace = group.substring(0, group.lastIndexOf(BETWEEN));
        var losses = new Losses();
        var messages = new ArrayList<SourceMessage>();
        long size = 0;
        for (long position : rows.of(group)) {
            JsonNode row;
            try {
                row = places.at(position);
            } catch (UnreadableException e) {
                feed.fail(workspace.isEmpty() ? "A row" : workspace, e.getMessage());
                continue;
            }
            if (!row.isObject()) {
                losses.add(Loss.MESSAGE);
                continue;
            }
            size += add(row, messages, losses);
            if (size > JsonTreeReader.MOST) {
                feed.fail(workspace, "It is larger than one conversation may be.");
                return;
            }
        }
        if (!messages.isEmpty() && !feed.hasEnded()) {
            feed.tell(new SourceConversation(id(group, messages.get(0)), workspace, null, null, null, null, false, false, List.of(), null,
                    messages, losses.notes()));
        }
    }

    /** Names, and numbers of rows, are the same on several servers; the moment of the first question is not. */
    private static String id(String group, SourceMessage first) {
        return "workspace " + group + (first.createdAt() == null ? "" : BETWEEN + first.createdAt().toString());
    }

    /** @return about how much memory the two messages take */
    private static long add(JsonNode row, List<SourceMessage> messages, Losses losses) {
        var id = Fields.textUnlessBlank(row, "id");
        id = id == null ? "row " + messages.size() / 2 : id;
        var before = messages.isEmpty() ? null : messages.get(messages.size() - 1).id();
        var sentAt = Times.seconds(row.path("sent_at"));
        var question = new MessageBuilder(id + " prompt", before, Role.USER).content(Fields.text(row, "prompt")).createdAt(sentAt);
        row.path("attachments").forEach(attachment -> AnythingLlmMessages.addImage(question, losses, attachment));
        var response = row.path("response").isObject() ? Fields.text(row.path("response"), "text") : Fields.text(row, "response");
        var tagged = ThinkTags.split(response);
        messages.add(question.build());
        messages.add(
                new MessageBuilder(id + " response", id + " prompt", Role.ASSISTANT).content(tagged.content()).thinking(tagged.thinking())
                        .createdAt(sentAt).rated(rating(row.path("rating").asText())).build());
        long images = 0;
        for (var attachment : row.path("attachments")) {
            images += attachment.path("image").asText("").length();
        }
        return 1000 + images + JsonTreeReader.bytes(question.build().content()) + (response == null ? 0 : JsonTreeReader.bytes(response));
    }

    private static Boolean rating(String rating) {
        return switch (rating) {
            case "GOOD", "1", "true" -> true;
            case "BAD", "0", "-1", "false" -> false;
            default -> null;
        };
    }
}

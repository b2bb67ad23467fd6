package ollamaweb.export.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an export says, with places in lists in place of ids. */
final class SameButForIds {

    private static final Pattern CITED = Pattern.compile("(task|message) #?([0-9]+)");

    private final Map<String, Map<Long, Integer>> places = new HashMap<>();
    private final Archive archive;

    private SameButForIds(Archive archive) {
        this.archive = archive;
    }

    static List<JsonNode> of(Archive archive) {
        return new SameButForIds(archive).all();
    }

    private List<JsonNode> all() {
        var all = new ArrayList<JsonNode>();
        for (var conversation : archive.conversations()) {
            place("conversation", (ObjectNode) conversation, "id");
            ((ObjectNode) conversation).remove("exported_at");
            for (var message : conversation.path("messages")) {
                place("message", (ObjectNode) message, "id");
                name("message", (ObjectNode) message, "parent_id");
            }
            name("message", (ObjectNode) conversation, "current_message_id");
            all.add(conversation);
        }
        all.add(list("prompts.json", "prompt"));
        var goals = list("goals.json", "goal");
        var tasks = list("tasks.json", "task");
        tasks.forEach(task -> {
            name("goal", (ObjectNode) task, "goal_id");
            name("task", (ObjectNode) task, "parent_id");
            name("task", (ObjectNode) task, "previous_id");
        });
        var insights = list("insights.json", "insight");
        insights.forEach(insight -> {
            insight.path("sources").forEach(source -> name(source.path("type").asText(), (ObjectNode) source, "id"));
            insight.path("claims").forEach(claim -> claim.path("sources")
                    .forEach(source -> name(source.path("type").asText(), (ObjectNode) source, "id")));
            ((ObjectNode) insight).put("content", CITED.matcher(insight.path("content").asText()).replaceAll(
                    cited -> cited.group(1) + " " + places.get(cited.group(1)).get(Long.valueOf(cited.group(2)))));
        });
        all.addAll(List.of(goals, tasks, insights, archive.json("settings.json"), archive.json("manifest.json").path("counts")));
        return all;
    }

    private ArrayNode list(String file, String type) {
        var list = (ArrayNode) archive.json(file);
        list.forEach(each -> place(type, (ObjectNode) each, "id"));
        return list;
    }

    private void place(String type, ObjectNode object, String field) {
        var ofType = places.computeIfAbsent(type, any -> new HashMap<>());
        ofType.put(object.path(field).asLong(), ofType.size());
        name(type, object, field);
    }

    private void name(String type, ObjectNode object, String field) {
        if (!object.path(field).isNull()) {
            object.put(field, places.get(type).get(object.path(field).asLong()));
        }
    }
}

package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ollamaweb.models.ModelLists.Listed;

/**
 * The models of several places in one list. The first place that has a name has it as it is; at others the name of the place stands
 * before it: {@code gpu/llama3.2}.
 */
final class MergedModels {

    private static final String DEFAULT_TAG = ":latest";

    private final List<Listed> lists;
    private final Map<String, Place> places = new HashMap<>();
    private final List<JsonNode> entries = new ArrayList<>();

    /**
     * Where a model is.
     *
     * @param model its name there
     */
    record Place(ModelSource source, String model) {}

    MergedModels(List<Listed> lists) {
        this.lists = lists;
        lists.forEach(listed -> listed.models().forEach(model -> add(listed, model)));
    }

    private void add(Listed listed, JsonNode model) {
        var name = model.path("name").asText();
        var place = new Place(listed.source(), name);
        var shown = name;
        if (places.putIfAbsent(key(name), place) != null) {
            shown = listed.source().name() + "/" + name;
            if (places.putIfAbsent(key(shown), place) != null) {
                return; // listed twice by one place
            }
        }
        entries.add(shown.equals(name) && listed.answers() ? model : entry(model, shown, listed.answers()));
    }

    private static JsonNode entry(JsonNode model, String shown, boolean answers) {
        var copy = (ObjectNode) model.deepCopy();
        copy.put("name", shown);
        copy.put("model", shown);
        return answers ? copy : copy.put("available", false);
    }

    /** @return all, as they are described where they are; {@code available} is false of those whose place does not answer now */
    List<JsonNode> entries() {
        return entries;
    }

    /** @param name as it is listed; the tag {@code latest} may be left out */
    Optional<Place> find(String name) {
        return Optional.ofNullable(places.get(key(name)));
    }

    /** @return whether these lists were merged, and not others that are the same */
    boolean isOf(List<Listed> others) {
        if (lists.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < lists.size(); i++) {
            var one = lists.get(i);
            var other = others.get(i);
            if (one.models() != other.models() || one.answers() != other.answers() || !one.source().equals(other.source())) {
                return false;
            }
        }
        return true;
    }

    /** @return by what a name is known that people write in several ways */
    static String key(String name) {
        return tagged(name).toLowerCase(Locale.ROOT);
    }

    /** @return the name with its tag: Ollama's lists always show it; people leave it out */
    static String tagged(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + DEFAULT_TAG : name;
    }
}

package ollamaweb.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Texts;

/** What something is filed under: trimmed, each tag once, in the order they were given. */
public record Tags(@JsonValue List<String> names) {

    /** In code points. */
    public static final int MAX_LENGTH = 50;
    public static final Tags NONE = new Tags(List.of());

    public static final int MAX_COUNT = 20;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Tags {
        var trimmed = names.stream().map(name -> name == null ? "" : name.strip()).toList();
        var errors = new ArrayList<>(IntStream.range(0, trimmed.size())
                .filter(i -> !isTag(trimmed.get(i)))
                .mapToObj(i -> new FieldError(List.of("body", i),
                        "a tag has 1 to " + MAX_LENGTH + " characters and no control characters", "value_error"))
                .toList());
        names = trimmed.stream().distinct().toList();
        if (names.size() > MAX_COUNT) {
            errors.add(new FieldError(List.of("body"),
                    "ensure this value has at most " + MAX_COUNT + " items", "value_error.list.max_items"));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    private static boolean isTag(String name) {
        return !name.isEmpty() && Texts.length(name) <= MAX_LENGTH && name.chars().noneMatch(Character::isISOControl);
    }
}

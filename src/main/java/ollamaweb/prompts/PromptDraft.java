package ollamaweb.prompts;

import ollamaweb.http.Check;
import ollamaweb.json.Texts;

/** Body of {@code POST /api/prompts}. */
public record PromptDraft(String name, String content, String category) {

    private static final int MAX_NAME = 200;
    private static final int MAX_CONTENT = 10_000;
    private static final int MAX_CATEGORY = 50;

    public PromptDraft {
        check(name, content, category).required("name", name).required("content", content).orThrow();
    }

    /** @return what is wrong with those that are not null */
    static Check check(String name, String content, String category) {
        return Check.body()
                .line("name", name, 1, MAX_NAME)
                .that(name == null || name.isEmpty() || !name.isBlank(), "name", "must not be blank", "value_error")
                .text("content", content, 1, MAX_CONTENT)
                .that(content == null || content.isEmpty() || !content.isBlank(), "content", "must not be blank", "value_error")
                .line("category", category, 1, MAX_CATEGORY);
    }

    /** @return what lists are in the order of */
    public String nameFolded() {
        return Texts.fold(name);
    }
}

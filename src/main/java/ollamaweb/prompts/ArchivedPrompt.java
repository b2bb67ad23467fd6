package ollamaweb.prompts;

import java.time.Instant;
import ollamaweb.json.Texts;

/** A prompt as an export of the account has it. */
public record ArchivedPrompt(Long id, String name, String content, String category, Instant createdAt, Instant updatedAt) {

    /** @throws ollamaweb.http.ApiException 422 naming the field that no prompt can have */
    public void check() {
        PromptDraft.check(name, content, category).required("id", id).required("name", name).required("content", content).orThrow();
    }

    /** @return what lists are in the order of */
    public String nameFolded() {
        return Texts.fold(name);
    }
}

package ollamaweb.prompts;

import static ollamaweb.http.PatchField.orNull;

import java.util.Optional;
import ollamaweb.http.PatchField;

/** Body of {@code PATCH /api/prompts/{id}}; what is missing stays, a category that is null is taken away. */
record PromptChange(Optional<String> name, Optional<String> content, Optional<String> category) {

    PromptChange {
        PromptDraft.check(orNull(name), orNull(content), orNull(category)).notNull("name", name).notNull("content", content).orThrow();
    }

    /** @return the prompt as its owner wants it */
    PromptDraft of(Prompt old) {
        return new PromptDraft(PatchField.or(name, old.name()), PatchField.or(content, old.content()),
                PatchField.or(category, old.category()));
    }
}

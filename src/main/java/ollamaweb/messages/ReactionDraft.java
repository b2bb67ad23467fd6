package ollamaweb.messages;

import java.util.Optional;
import ollamaweb.http.Check;

/**
 * Body of {@code PUT /api/messages/{id}/reaction}.
 *
 * @param reaction one character as people see it; null takes it away
 */
record ReactionDraft(Optional<String> reaction) {

    ReactionDraft {
        Reactions.check(Check.body().required("reaction", reaction), reaction == null ? null : reaction.orElse(null)).orThrow();
    }
}

package ollamaweb.conversations;

import java.util.List;
import ollamaweb.http.Batch;
import ollamaweb.http.Tags;

/**
 * Body of {@code POST /api/conversations/batch}.
 *
 * @param tag what {@code tag} and {@code untag} are about; without a meaning for other actions
 */
record BatchDraft(List<Long> ids, String action, String tag) {

    private static final String[] ACTIONS = {"delete", "trash", "restore", "archive", "unarchive", "pin", "unpin", "tag", "untag"};

    BatchDraft {
        tag = tag == null ? null : tag.strip();
        var check = Batch.check(ids).required("action", action).oneOf("action", action, ACTIONS);
        if (action != null && action.endsWith("tag")) {
            check.required("tag", tag).line("tag", tag, 1, Tags.MAX_LENGTH);
        }
        check.orThrow();
    }
}

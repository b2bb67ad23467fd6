package ollamaweb.messages;

import java.util.List;
import ollamaweb.http.Batch;

/** Body of {@code POST /api/messages/batch}. */
record MessageBatch(List<Long> ids, String action) {

    MessageBatch {
        Batch.check(ids).required("action", action).oneOf("action", action, "delete", "favorite", "unfavorite").orThrow();
    }
}

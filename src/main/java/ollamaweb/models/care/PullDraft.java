package ollamaweb.models.care;

import ollamaweb.http.Check;

/** Body of {@code POST /api/models/pull}. */
record PullDraft(String name) {

    static final int MAX_NAME = 200;

    PullDraft {
        name = name == null ? null : name.strip();
        Check.body().required("name", name).line("name", name, 1, MAX_NAME).orThrow();
    }
}

package ollamaweb.transfer;

import java.util.List;
import java.util.Set;

/**
 * A table whose rows go along. What follows from other rows (the search index) or means something only where it is (the
 * changelog, the servers) is not among {@link #ALL}.
 *
 * @param later columns that are filled in once all rows of all tables are there: they name rows that come later, or a trigger
 *              sets them
 */
record TransferTable(String name, Set<String> later) {

    /** In an order in which rows only name rows that are there already. */
    static final List<TransferTable> ALL = List.of(
            new TransferTable("users", Set.of("api_key_hash")),
            new TransferTable("api_keys", Set.of()),
            new TransferTable("settings", Set.of()),
            new TransferTable("upstreams", Set.of()),
            new TransferTable("prompts", Set.of()),
            new TransferTable("sessions", Set.of()),
            new TransferTable("sign_in_addresses", Set.of()),
            new TransferTable("password_resets", Set.of()),
            new TransferTable("audit_entries", Set.of()),
            new TransferTable("conversations", Set.of("current_message_id")),
            new TransferTable("conversation_imports", Set.of()),
            new TransferTable("conversation_tags", Set.of()),
            new TransferTable("conversation_members", Set.of()),
            new TransferTable("conversation_events", Set.of()),
            new TransferTable("messages", Set.of()),
            new TransferTable("message_parts", Set.of()),
            new TransferTable("thinking_parts", Set.of()),
            new TransferTable("favorites", Set.of()),
            new TransferTable("files", Set.of("used")),
            new TransferTable("file_pieces", Set.of()),
            new TransferTable("message_files", Set.of()),
            new TransferTable("answer_contexts", Set.of()),
            new TransferTable("imports", Set.of()),
            new TransferTable("import_pieces", Set.of()),
            new TransferTable("import_items", Set.of()),
            new TransferTable("import_origins", Set.of()),
            new TransferTable("import_origin_messages", Set.of()),
            new TransferTable("shares", Set.of()),
            new TransferTable("answer_usage", Set.of()),
            new TransferTable("daily_tokens", Set.of()),
            new TransferTable("goals", Set.of()),
            new TransferTable("tasks", Set.of("parent_id")),
            new TransferTable("calendar_tokens", Set.of()),
            new TransferTable("account_events", Set.of()),
            new TransferTable("reminders", Set.of()),
            new TransferTable("insight_schedules", Set.of()),
            new TransferTable("insights", Set.of()),
            new TransferTable("import_things", Set.of()));
}

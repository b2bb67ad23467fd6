package ollamaweb.db.sqlite;

/** What is flushed to disk before a write is acknowledged: FULL survives a power cut, NORMAL a killed process. */
public enum Synchronous {
    FULL, NORMAL
}

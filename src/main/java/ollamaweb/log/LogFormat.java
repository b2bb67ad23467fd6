package ollamaweb.log;

/** How log lines look. */
public enum LogFormat {
    /** {@code 2025-11-01 20:37:06+01:00 - chat.ChatRoutes - INFO - …}, for people. */
    TEXT,
    /** One JSON object a line, for programs that collect logs. */
    JSON
}

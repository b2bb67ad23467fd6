package ollamaweb.providers;

/**
 * A tool that a model wants to be used.
 *
 * @param id        names the call in what is sent back; null where the provider gives none
 * @param name      the tool's
 * @param arguments a JSON object, as text
 */
public record ToolCall(String id, String name, String arguments) {}

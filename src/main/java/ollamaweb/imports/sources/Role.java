package ollamaweb.imports.sources;

import java.util.Locale;

/** Who speaks in a message, as sources call them. */
public final class Role {

    public static final String USER = "user";
    public static final String ASSISTANT = "assistant";
    public static final String SYSTEM = "system";
    public static final String TOOL = "tool";

    private Role() {}

    /** @return the role that a message has here, or null where the name is not known */
    public static String of(String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "user", "human" -> USER;
            case "assistant", "ai", "bot", "model" -> ASSISTANT;
            case "system", "developer" -> SYSTEM;
            case "tool", "function" -> TOOL;
            default -> null;
        };
    }
}

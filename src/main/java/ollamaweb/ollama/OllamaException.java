package ollamaweb.ollama;

/** Why a call to Ollama did not end well; the message is fit for the person who asked. */
public final class OllamaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The endings that are told apart. */
    public enum Kind {
        /** Nobody answers there. */
        UNREACHABLE,
        /** It does not have the model. */
        MODEL_NOT_FOUND,
        /** It said no, with a reason, before or in the middle of an answer. */
        REFUSED,
        /** It broke off, or sent what no Ollama sends. */
        BROKEN,
        /** It said nothing for longer than it may. */
        SILENT,
        /** The address is one that users may not be led to. */
        FORBIDDEN_ADDRESS
    }

    private final Kind kind;

    public OllamaException(Kind kind, String message) {
        this(kind, message, null);
    }

    public OllamaException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static OllamaException unreachable(Throwable cause) {
        return new OllamaException(Kind.UNREACHABLE, "Ollama service is not running or unreachable", cause);
    }

    public static OllamaException modelNotFound(String model) {
        return new OllamaException(Kind.MODEL_NOT_FOUND, "Model '" + model + "' not found");
    }

    public static OllamaException broken(String message, Throwable cause) {
        return new OllamaException(Kind.BROKEN, message, cause);
    }

    public Kind kind() {
        return kind;
    }
}

package ollamaweb.providers;

/** Why a call to a provider did not end well; the message is fit for the person who asked. */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The endings that are told apart. */
    public enum Reason {
        /** Nobody answers there. */
        UNREACHABLE,
        /** It does not have the model. */
        MODEL_NOT_FOUND,
        /** It said no, with a reason, before or in the middle of an answer. */
        REFUSED,
        /** It broke off, or sent what none of its kind sends. */
        BROKEN,
        /** It said nothing for longer than it may. */
        SILENT,
        /** The address is one that users may not be led to. */
        FORBIDDEN_ADDRESS
    }

    private final Reason reason;

    public ProviderException(Reason reason, String message) {
        this(reason, message, null);
    }

    public ProviderException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @param provider its name, as people know it: {@code Ollama} */
    public static ProviderException unreachable(String provider, Throwable cause) {
        return new ProviderException(Reason.UNREACHABLE, provider + " service is not running or unreachable", cause);
    }

    public static ProviderException modelNotFound(String model) {
        return new ProviderException(Reason.MODEL_NOT_FOUND, "Model '" + model + "' not found");
    }

    public static ProviderException refused(String message) {
        return new ProviderException(Reason.REFUSED, message);
    }

    public static ProviderException broken(String message, Throwable cause) {
        return new ProviderException(Reason.BROKEN, message, cause);
    }

    public static ProviderException forbidden(Throwable cause) {
        return new ProviderException(Reason.FORBIDDEN_ADDRESS, "address is not allowed", cause);
    }

    public Reason reason() {
        return reason;
    }
}

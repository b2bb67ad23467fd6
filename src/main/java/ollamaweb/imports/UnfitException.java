package ollamaweb.imports;

/** A conversation cannot be kept here; the message is a sentence for its reader. */
final class UnfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
        super(message);
    }
}

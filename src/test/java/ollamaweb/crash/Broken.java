package ollamaweb.crash;

/** The server has not kept what it promises; the message says what. */
final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Broken(String message) {
        super(message);
    }
}

package ollamaweb.imports.sources;

import java.io.IOException;

/** What is read cannot be read on; the message is a sentence for whoever imports it. */
public class UnreadableException extends IOException {

    /** @param message a whole sentence */
    public UnreadableException(String message) {
        super(message);
    }

    /** @return what to tell of a failure while a file was read, as a sentence */
    public static String sentence(IOException failure) {
        return failure instanceof UnreadableException ? failure.getMessage() : "It cannot be read any further: " + failure.getMessage();
    }
}

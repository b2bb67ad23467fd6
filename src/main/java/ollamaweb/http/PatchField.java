package ollamaweb.http;

import java.util.Optional;

/** Fields of a body that changes something: null was not sent and stays, empty was sent as null, else the new value. */
public final class PatchField {

    private PatchField() {}

    /** @return what the field is from now on */
    public static <T> T or(Optional<T> given, T old) {
        return given == null ? old : given.orElse(null);
    }

    /** @return the value that was sent, or null */
    public static <T> T orNull(Optional<T> given) {
        return or(given, null);
    }
}

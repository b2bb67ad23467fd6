package ollamaweb.users;

import java.util.regex.Pattern;
import ollamaweb.json.Texts;

/** What looks like an e-mail address, and when two are the same; whether somebody reads what is sent there is not known. */
public final class EmailAddress {

    private static final int MAX = 254;
    private static final String ATOM = "[^.@\\p{Z}\\p{C}\"(),:;<>\\[\\]\\\\]+";
    private static final String LABEL = "[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
    private static final Pattern SHAPE =
            Pattern.compile("(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+" + LABEL);

    private EmailAddress() {}

    /**
     * @return the address without the space around it
     * @throws IllegalArgumentException if it does not look like one
     */
    public static String checked(String text) {
        var address = text.strip();
        if (address.length() > MAX || !SHAPE.matcher(address).matches()) {
            throw new IllegalArgumentException("value is not a valid email address");
        }
        return address;
    }

    /** @return the form in which addresses are compared, or null for none */
    public static String folded(String address) {
        return address == null ? null : Texts.fold(address.strip());
    }
}

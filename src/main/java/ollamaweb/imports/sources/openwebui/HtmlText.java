package ollamaweb.imports.sources.openwebui;

import java.util.Map;

/** Text that was escaped for HTML. */
final class HtmlText {

    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST = 10;

    private HtmlText() {}

    /** @return the text as it was; what is no reference to a character stays */
    static String unescape(String text) {
        int and = text.indexOf('&');
        if (and < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int next = 0;
        for (; and >= 0; and = text.indexOf('&', next)) {
            plain.append(text, next, and);
            int end = end(text, and);
            var character = end < 0 ? null : character(text.substring(and + 1, end));
            plain.append(character == null ? "&" : character);
            next = character == null ? and + 1 : end + 1;
        }
        return plain.append(text, next, text.length()).toString();
    }

    private static int end(String text, int and) {
        for (int i = and + 1; i < text.length() && i - and <= LONGEST; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static String character(String reference) {
        if (!reference.startsWith("#")) {
            return NAMED.get(reference);
        }
        try {
            boolean isHex = reference.startsWith("#x") || reference.startsWith("#X");
            int code = isHex ? Integer.parseInt(reference.substring(2), 16) : Integer.parseInt(reference.substring(1));
            return Character.isValidCodePoint(code) ? Character.toString(code) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

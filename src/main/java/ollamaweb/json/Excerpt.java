package ollamaweb.json;

/** Cuts texts to what there is room for; lengths are in Unicode code points. */
public final class Excerpt {

    private static final String CUT = "…";
    private static final String LEFT_OUT = "...";

    private Excerpt() {}

    /** @return the text; when it has more than {@code max} characters cut there, with {@code …} */
    public static String cut(String text, int max) {
        return isWithin(text, max) ? text : text.substring(0, text.offsetByCodePoints(0, max)).stripTrailing() + CUT;
    }

    /** @return as {@link #cut}, but at the end of the last whole word that fits, if one does */
    public static String cutAtWord(String text, int max) {
        if (isWithin(text, max)) {
            return text;
        }
        int end = text.offsetByCodePoints(0, max);
        if (!Character.isWhitespace(text.codePointAt(end))) {
            int space = lastWhitespace(text, end);
            end = space > 0 ? space : end;
        }
        return text.substring(0, end).stripTrailing() + CUT;
    }

    /** @return the part from {@code start} to {@code end} with up to {@code context} characters on either side, {@code ...} where cut */
    public static String around(String text, int start, int end, int context) {
        boolean cutBefore = text.codePointCount(0, start) > context;
        boolean cutAfter = text.codePointCount(end, text.length()) > context;
        int first = cutBefore ? text.offsetByCodePoints(start, -context) : 0;
        int last = cutAfter ? text.offsetByCodePoints(end, context) : text.length();
        return (cutBefore ? LEFT_OUT : "") + text.substring(first, last) + (cutAfter ? LEFT_OUT : "");
    }

    private static boolean isWithin(String text, int max) {
        return text.length() <= max || Texts.length(text) <= max;
    }

    private static int lastWhitespace(String text, int end) {
        for (int i = end - 1; i > 0; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}

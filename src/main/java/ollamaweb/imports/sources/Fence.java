package ollamaweb.imports.sources;

/** Code as Markdown. */
public final class Fence {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 1000;
    private static final int LONGEST_LANGUAGE = 30;

    private Fence() {}

    /**
     * @param language null or blank: none is named
     * @return the code in a block whose fence is longer than any in it, within reason
     */
    public static String of(String language, String code) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < code.length(); i++) {
            run = code.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        var fence = "`".repeat(Math.max(SHORTEST, Math.min(longest + 1, LONGEST)));
        boolean isNamed = language != null && language.length() <= LONGEST_LANGUAGE && language.matches("[\\w+#.-]+");
        return fence + (isNamed ? language : "") + "\n" + code + (code.endsWith("\n") ? "" : "\n") + fence;
    }
}

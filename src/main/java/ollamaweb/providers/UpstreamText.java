package ollamaweb.providers;

import java.util.regex.Pattern;

/** What a provider says of its failures, made fit for people: one line, no file paths, not endless. */
public final class UpstreamText {

    private static final int MAX_SHOWN = 500;
    /** As much as is looked at; the patterns take time that grows with it. */
    private static final int MAX_READ = 4 * MAX_SHOWN;
    private static final String PATH = "[path]";

    /** Terminal colours, control and direction characters, white space; the joiners within emoji stay. */
    private static final Pattern BLANK = Pattern.compile(
            "(?:\\x{1b}\\[[0-9;?]*[@-~]|[\\s\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\x{200c}\\x{200d}]])+");
    /** Between quotation marks a path may have spaces. */
    private static final Pattern QUOTED_PATH =
            Pattern.compile("([\"'`])(?:~?/(?=[^\"'`]*/)|file:|[A-Za-z]:[\\\\/]|\\\\\\\\)[^\"'`]*\\1");
    private static final Pattern PLAIN_PATH = Pattern.compile(
            "(?<![\\p{Alnum}_.:/\\\\~-])(?:~?(?:/[^\\s/\"'`:;,()<>]+){2,}/?"
                    + "|file:/[^\\s\"'`;,()<>]+"
                    + "|[A-Za-z]:[\\\\/][^\\s\"'`:;,()<>]*"
                    + "|\\\\\\\\[^\\s\"'`:;,()<>]+)");

    private UpstreamText() {}

    /** @return the text on one line, without control characters and paths, at most 500 characters and then {@code …} */
    public static String cleaned(String text) {
        var plain = BLANK.matcher(cut(text, MAX_READ, "")).replaceAll(" ");
        var quoted = QUOTED_PATH.matcher(plain).replaceAll("$1" + PATH + "$1");
        return cut(PLAIN_PATH.matcher(quoted).replaceAll(PATH).strip(), MAX_SHOWN, "…");
    }

    /** Cuts between characters, never inside of one. */
    private static String cut(String text, int characters, String mark) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters)) + mark;
    }
}

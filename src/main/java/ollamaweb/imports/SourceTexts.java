package ollamaweb.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.Tags;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceEnding;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Json;
import ollamaweb.json.Texts;
import ollamaweb.messages.Reactions;

/** Makes what a source says into what can be kept: no control characters, no times beyond the calendar, nothing too long. */
final class SourceTexts {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]+");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int MAX_TOOL_CALLS = 64 * 1024;
    private static final int MAX_FILES = 10;
    private static final int MIB = 1024 * 1024;
    private static final int MAX_ERROR = 1000;
    private static final String COMPLETE = "complete";
    private static final Set<String> BROKEN_OFF = Set.of("interrupted", "error");

    private final List<String> notes;
    private final int maxAnswerBytes;
    private int badTimes;
    private int badToolCalls;
    private int leftFiles;
    private int leftTags;

    /**
     * @param notes          get a sentence for what had to be changed
     * @param maxAnswerBytes how long an answer of the source can be, where that is more than what any message can be
     */
    SourceTexts(List<String> notes, int maxAnswerBytes) {
        this.notes = notes;
        this.maxAnswerBytes = Math.max(maxAnswerBytes, ConversationLimits.MAX_MESSAGE_BYTES);
    }

    /** @throws UnfitException if a message cannot be kept */
    CheckedMessage message(SourceMessage given, int parent, Instant before) {
        var role = Role.of(given.role());
        if (role == null) {
            throw new UnfitException("A message is of nobody who is known here: " + Excerpt.cut(String.valueOf(given.role()), 50) + ".");
        }
        var content = bounded(role, text(given.content() == null ? "" : given.content()));
        var thinking = given.thinking() == null || given.thinking().isBlank() ? null : bounded(role, text(given.thinking()));
        var created = time(given.createdAt());
        leftFiles += Math.max(0, given.files().size() - MAX_FILES);
        var calls = toolCalls(given.toolCalls());
        var files = given.files().stream().limit(MAX_FILES).toList();
        var model = name(given.modelName());
        var tool = name(given.toolName());
        var ending = ending(role, given.ending());
        var hash = new ContentHash().text(role).text(content).text(thinking).text(model).text(calls).text(tool).number(files.size());
        if (!ending.status().equals(COMPLETE)) {
            hash.text(ending.status()).text(ending.error());
        }
        return new CheckedMessage(new ContentHash().text(given.id()).end(), parent, role, content, thinking, model, calls, tool,
                created == null ? before : created, given.favorite(), reaction(given.reaction()),
                natural(given.tokensUsed()), natural(given.promptTokens()),
                given.durationMs() == null || given.durationMs() < 0 ? null : given.durationMs(), ending, files, hash.end());
    }

    /** @return without characters that no text has; null stays null */
    String text(String given) {
        return given == null ? null : CONTROL.matcher(Texts.keepable(given)).replaceAll("");
    }

    /** @return in one line, stripped; null where nothing is left */
    String line(String given) {
        if (given == null) {
            return null;
        }
        var line = Texts.keepable(given).replaceAll("\\p{Cc}+", " ").strip();
        return line.isEmpty() ? null : line;
    }

    /** @return a model's or tool's name, cut where it is too long; null where there is none */
    String name(String given) {
        var line = line(given);
        return line == null ? null : atMost(line, ConversationDraft.MAX_MODEL_NAME);
    }

    /** @param what stands at the beginning of the note where it had to be cut */
    String cut(String given, int max, String what) {
        var text = text(given);
        if (text == null || Texts.length(text) <= max) {
            return text;
        }
        notes.add(what + " was cut at " + max + " characters.");
        return atMost(text, max);
    }

    /** @return the text itself, or with a mark at its end where it had to be cut */
    static String atMost(String text, int max) {
        return Texts.length(text) <= max ? text : Excerpt.cut(text, max - 1);
    }

    /** So many tags are more than a conversation can have. */
    void leaveTags(int count) {
        leftTags = count;
    }

    /** @return null where there is none, or one that no calendar has */
    Instant time(Instant given) {
        if (given == null || !given.isBefore(FIRST) && given.isBefore(END)) {
            return given;
        }
        badTimes++;
        return null;
    }

    /** Tells what was changed so far. */
    void addNotes() {
        if (badTimes > 0) {
            notes.add("A time that no calendar has was left out.");
        }
        if (badToolCalls > 0) {
            notes.add("Calls of tools that are no JSON list, or too long, were left out.");
        }
        if (leftFiles > 0) {
            notes.add("A message can have " + MAX_FILES + " files; " + leftFiles + " more were left out.");
        }
        if (leftTags > 0) {
            notes.add("A conversation can have " + Tags.MAX_COUNT + " tags; " + leftTags + " more were left out.");
        }
    }

    private String bounded(String role, String text) {
        int most = role.equals(Role.ASSISTANT) ? maxAnswerBytes : ConversationLimits.MAX_MESSAGE_BYTES;
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new UnfitException("A message is longer than " + most / MIB + " MiB.");
        }
        return text;
    }

    /** Of what is no answer, or is said to have ended in some other way, it is not told how it ended. */
    private SourceEnding ending(String role, SourceEnding given) {
        if (!role.equals(Role.ASSISTANT)) {
            return new SourceEnding(COMPLETE, null, null);
        }
        boolean isBrokenOff = given.status() != null && BROKEN_OFF.contains(given.status());
        var error = isBrokenOff ? line(given.error()) : null;
        return new SourceEnding(isBrokenOff ? given.status() : COMPLETE, error == null ? null : Excerpt.cut(error, MAX_ERROR),
                name(given.doneReason()));
    }

    private String toolCalls(String given) {
        if (given == null) {
            return null;
        }
        try {
            if (given.length() <= MAX_TOOL_CALLS) {
                var list = Json.MAPPER.readTree(given);
                if (list.isArray()) {
                    return Texts.keepable(list.toString());
                }
            }
        } catch (JsonProcessingException e) {
            // It is left out.
        }
        badToolCalls++;
        return null;
    }

    private static String reaction(String given) {
        try {
            Reactions.check(Check.body(), given).orThrow();
            return given;
        } catch (ApiException e) {
            return null;
        }
    }

    private static Integer natural(Integer number) {
        return number == null || number < 0 ? null : number;
    }
}

package ollamaweb.providers;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import ollamaweb.providers.ChatRequest.Turn;

/** The texts of a message one after the other: those of its files, each below its name, and its own last. */
public final class TurnText extends Reader {

    private final Turn turn;
    private int next;
    private Reader part = Reader.nullReader();

    private TurnText(Turn turn) {
        this.turn = turn;
    }

    /** Writes the texts as one JSON string; files are read meanwhile. */
    public static void write(Turn turn, JsonGenerator json) throws IOException {
        if (turn.files().stream().allMatch(Attachment::isImage)) {
            json.writeString(turn.content());
            return;
        }
        try (var text = new TurnText(turn)) {
            json.writeString(text, -1);
        }
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        for (;;) {
            int read = part.read(buffer, offset, length);
            if (read >= 0 || next > 3 * turn.files().size()) {
                return read;
            }
            part.close();
            part = part(next++);
        }
    }

    /** Three parts for each file: its name, its text, and what ends it; then the message's own text. */
    private Reader part(int number) throws IOException {
        if (number == 3 * turn.files().size()) {
            return new StringReader(turn.content());
        }
        var file = turn.files().get(number / 3);
        if (file.isImage()) {
            return Reader.nullReader();
        }
        return switch (number % 3) {
            case 0 -> new StringReader("File: " + file.name() + "\n\n");
            case 1 -> new InputStreamReader(file.source().open(), StandardCharsets.UTF_8);
            default -> new StringReader("\n\n---\n\n");
        };
    }

    @Override
    public void close() throws IOException {
        part.close();
    }
}

package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a real Ollama once answered to curl, from {@code src/test/resources/ollama}.
 *
 * @param body  as it came
 * @param lines of the body that are JSON
 * @param whole whether the body came to its end
 */
record Transcript(int status, String contentType, String body, List<String> lines, boolean whole) {

    private static final Pattern FILE = Pattern.compile(
            "\\$ curl [^\n]*\nHTTP/1.1 (\\d+) [^\n]*\n(?:[^\n]+\n)*?Content-Type: ([^\n]+)\n(?:[^\n]+\n)*\n(.*)\\[curl exit (\\d+)]\\s*",
            Pattern.DOTALL);

    /** @param name of the file, without its {@code .txt} */
    static Transcript of(String name) {
        try (var file = Transcript.class.getResourceAsStream("/ollama/" + name + ".txt")) {
            var parts = FILE.matcher(new String(file.readAllBytes(), UTF_8).replace("\r\n", "\n"));
            if (!parts.matches()) {
                throw new IllegalArgumentException("no transcript: " + name);
            }
            return new Transcript(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3),
                    parts.group(3).lines().filter(line -> line.startsWith("{")).toList(), parts.group(4).equals("0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package ollamaweb.providers;

import java.util.List;

/** What a model is asked, however its provider wants to be told. */
public record ChatRequest(String model, List<Turn> messages, ChatOptions options) {

    /**
     * One message.
     *
     * @param role  {@code system}, {@code user} or {@code assistant}
     * @param files what came with it
     */
    public record Turn(String role, String content, List<Attachment> files) {

        /** A message without files. */
        public Turn(String role, String content) {
            this(role, content, List.of());
        }
    }
}

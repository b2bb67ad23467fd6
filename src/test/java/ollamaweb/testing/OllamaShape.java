package ollamaweb.testing;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of {@code /api/chat}, or of {@code /api/generate}. */
record OllamaShape(boolean isChat) implements AnswerShape {

    static final OllamaShape CHAT = new OllamaShape(true);
    static final OllamaShape GENERATE = new OllamaShape(false);

    private static final String NOT_DONE = "\"done\":false";

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public String content(String model, String text) {
        return object(model, text, "", "", NOT_DONE) + "\n";
    }

    @Override
    public String thinking(String model, String text) {
        return object(model, "", text, "", NOT_DONE) + "\n";
    }

    @Override
    public String toolCall(String model, Call call) {
        return object(model, "", "", calls(new Whole("", "", List.of(call))), NOT_DONE) + "\n";
    }

    @Override
    public String error(String model, String text) {
        return OllamaJson.error(text) + "\n";
    }

    @Override
    public String done(String model, DoneLine line, int chunks) {
        return object(model, line.lastWords(), "", "", line.fields(chunks)) + "\n";
    }

    @Override
    public String whole(String model, Whole said, DoneLine line, int chunks) {
        return object(model, said.content() + line.lastWords(), said.thinking(), calls(said), line.fields(chunks));
    }

    String unfinished(String model, Whole said) {
        return object(model, said.content(), said.thinking(), calls(said), NOT_DONE);
    }

    private String object(String model, String content, String thinking, String calls, String tail) {
        if (isChat) {
            return OllamaJson.chat(model, content, thinking, calls, tail);
        }
        return OllamaJson.head(model) + ",\"response\":" + OllamaJson.quote(content)
                + (thinking.isEmpty() ? "" : ",\"thinking\":" + OllamaJson.quote(thinking)) + calls + "," + tail + "}";
    }

    private static String calls(Whole said) {
        return said.calls().isEmpty() ? "" : said.calls().stream()
                .map(call -> "{\"id\":\"call_uhafce0y\",\"function\":{\"index\":0,\"name\":" + OllamaJson.quote(call.name())
                        + ",\"arguments\":" + call.arguments() + "}}")
                .collect(Collectors.joining(",", ",\"tool_calls\":[", "]"));
    }
}

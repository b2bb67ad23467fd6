package ollamaweb.testing;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ToolCall;

/** Collects what a provider tells of one answer. */
public final class HeardChat implements ChatListener {

    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> tools = new ArrayList<>();
    private int signsOfLife;
    private ChatEnd end;

    @Override
    public void progress() {
        signsOfLife++;
    }

    @Override
    public void content(String piece) {
        content.append(piece);
    }

    @Override
    public void thinking(String piece) {
        thinking.append(piece);
    }

    @Override
    public void toolCall(ToolCall call) {
        tools.add(call);
    }

    @Override
    public void caughtUp() {}

    @Override
    public void end(ChatEnd heardEnd) {
        end = heardEnd;
    }

    public String content() {
        return content.toString();
    }

    public String thinking() {
        return thinking.toString();
    }

    public List<ToolCall> tools() {
        return tools;
    }

    public int signsOfLife() {
        return signsOfLife;
    }

    /** @return null until it has ended */
    public ChatEnd end() {
        return end;
    }
}

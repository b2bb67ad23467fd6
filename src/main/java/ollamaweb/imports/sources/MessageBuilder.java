package ollamaweb.imports.sources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A {@link SourceMessage} in the making. */
public final class MessageBuilder {

    private String id;
    private String parentId;
    private String role;
    private String content = "";
    private String thinking;
    private String modelName;
    private String toolCalls;
    private String toolName;
    private Instant createdAt;
    private boolean favorite;
    private String reaction;
    private Integer tokensUsed;
    private Integer promptTokens;
    private Long durationMs;
    private final List<SourceFile> files = new ArrayList<>();

    /** @param parentId null at a beginning */
    public MessageBuilder(String id, String parentId, String role) {
        this.id = id;
        this.parentId = parentId;
        this.role = role;
    }

    /** @return another one for the same turn, with the same model and time, and nothing in it */
    MessageBuilder sameTurn(String otherId, String otherParent, String otherRole) {
        var other = new MessageBuilder(otherId, otherParent, otherRole).createdAt(createdAt);
        return otherRole.equals(Role.ASSISTANT) ? other.modelName(modelName) : other;
    }

    /** Moves it to another place in the tree. */
    MessageBuilder place(String newId, String newParent) {
        this.id = newId;
        this.parentId = newParent;
        return this;
    }

    public MessageBuilder parent(String newParent) {
        return place(id, newParent);
    }

    public MessageBuilder content(String text) {
        this.content = text == null ? "" : text;
        return this;
    }

    public MessageBuilder thinking(String text) {
        this.thinking = text == null || text.isBlank() ? null : text;
        return this;
    }

    public MessageBuilder modelName(String name) {
        this.modelName = name == null || name.isBlank() ? null : name;
        return this;
    }

    /** @param json as {@link ToolCalls} writes it, or null */
    public MessageBuilder toolCalls(String json) {
        this.toolCalls = json;
        return this;
    }

    public MessageBuilder toolName(String name) {
        this.toolName = name == null || name.isBlank() ? null : name;
        return this;
    }

    public MessageBuilder createdAt(Instant moment) {
        this.createdAt = moment;
        return this;
    }

    public MessageBuilder favorite(boolean isFavorite) {
        this.favorite = isFavorite;
        return this;
    }

    /** @param isGood whether the user thought well of the answer; null: nothing was said */
    public MessageBuilder rated(Boolean isGood) {
        this.reaction = isGood == null ? null : isGood ? "👍" : "👎";
        return this;
    }

    public MessageBuilder tokens(Integer used, Integer ofPrompt) {
        this.tokensUsed = used;
        this.promptTokens = ofPrompt;
        return this;
    }

    public MessageBuilder durationMs(Long milliseconds) {
        this.durationMs = milliseconds;
        return this;
    }

    public MessageBuilder file(SourceFile file) {
        files.add(file);
        return this;
    }

    String id() {
        return id;
    }

    String parentId() {
        return parentId;
    }

    String role() {
        return role;
    }

    public boolean isOf(String name) {
        return role.equals(name);
    }

    /** @return whether it has no text, thoughts, calls or files */
    public boolean isEmpty() {
        return content.isBlank() && thinking == null && toolCalls == null && files.isEmpty();
    }

    public SourceMessage build() {
        return new SourceMessage(id, parentId, role, content, thinking, modelName, toolCalls, toolName, createdAt, favorite, reaction,
                tokensUsed, promptTokens, durationMs, SourceEnding.COMPLETE, List.copyOf(files));
    }
}

package ollamaweb.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import ollamaweb.cluster.TokenStreams;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ToolCall;
import ollamaweb.turns.Turn;

/**
 * An answer in the making. Its worker runs {@link #make}; clients follow its log; whoever wants it to end early says so
 * once, and the worker ends it.
 */
final class Generation implements ChatListener, Followable {

    private final Question question;
    private final SentPrompt prompt;
    private final Instant startedAt;
    private final ReservedMemory memory;
    private final TokenLog log;
    private final BoundedText text;
    private final ToolCalls toolCalls;
    private final Followers followers = new Followers();
    private final EndableCall call = new EndableCall();
    private final CompletableFuture<Outcome> told = new CompletableFuture<>();
    private final CompletableFuture<Outcome> saved = new CompletableFuture<>();
    private final SavingState saving;
    private final Waiting waiting;
    private ChatEnd end;
    private volatile String server = "Ollama";
    private volatile Outcome outcome;
    private volatile long lastHeard = System.nanoTime();
    private final int newFrom;
    private final TokenLog.Position start;
    private int shown;

    /**
     * @param prompt   what its model is asked
     * @param maxBytes how long it may become, as UTF-8
     * @param memory   what its text is counted against; given back once nobody makes or follows it any more
     */
    Generation(Question question, SentPrompt prompt, Instant startedAt, int maxBytes, ReservedMemory memory) {
        this.question = question;
        this.prompt = prompt;
        this.startedAt = startedAt;
        this.memory = memory;
        this.log = TokenLog.of(question.saidBefore(), question.thoughtBefore());
        this.text = new BoundedText(log, maxBytes, memory);
        this.toolCalls = new ToolCalls(memory);
        this.shown = log.count();
        this.newFrom = log.end();
        this.start = log.atEnd();
        this.saving = new SavingState(this);
        this.waiting = new Waiting(() -> followers.wake(id()));
    }

    @Override
    public long id() {
        return question.answerId();
    }

    Question question() {
        return question;
    }

    /** @return what its model is asked */
    SentPrompt prompt() {
        return prompt;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    /** @return the place where its new text begins: not 0 when it goes on from an answer that broke off */
    int newFrom() {
        return newFrom;
    }

    /** @return whether nothing has come so far, and it is still to be made */
    boolean hasNoWord() {
        return firstTokenMillis() == null && call.early() == null;
    }

    Long firstTokenMillis() {
        return text.firstPieceMillis();
    }

    /** @return before everything that is new in it */
    TokenLog.Position start() {
        return start.copy();
    }

    @Override
    public TokenLog log() {
        return log;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    /** @return done once followers are told how it ended, whether that is saved or not; never fails */
    CompletableFuture<Outcome> told() {
        return told;
    }

    /** @return done once the outcome is saved, or nobody will save it any more; never fails */
    CompletableFuture<Outcome> saved() {
        return saved;
    }

    /** Reads the answer to its end, whichever that is, once its turn has come; blocks meanwhile. */
    Outcome make(AnswerMaker maker, Turn turn) {
        server = maker.title();
        try (turn) {
            boolean hasTurn = waiting.await(turn, () -> call.early() != null);
            long begun = text.begin();
            lastHeard = begun;
            waiting.end();
            var ending = hasTurn ? call.make(() -> maker.source().chat(prompt.request(), this), id()) : call.early();
            return ending.with(Outcome.Counts.of(end, begun, prompt));
        }
    }

    /** Ends it early, at once; what has come is kept. The first who asks decides how it ends. */
    void end(Outcome early) {
        if (call.end(early)) {
            waiting.cancel();
        }
    }

    /** @return how much of it is saved */
    SavingState saving() {
        return saving;
    }

    /** @return whether its worker has begun, which is after its row was committed */
    boolean hasBegun() {
        return waiting.hasBegun();
    }

    /** @return what people call the server that makes it */
    String server() {
        return server;
    }

    /** @return how long the model has not been heard, in nanoseconds */
    long silence(long nanoTime) {
        return waiting.isOn() ? 0 : nanoTime - lastHeard;
    }

    @Override
    public int queuePosition() {
        return waiting.position();
    }

    @Override
    public void progress() {
        lastHeard = System.nanoTime();
    }

    @Override
    public void content(String piece) {
        text.content(piece);
    }

    @Override
    public void thinking(String piece) {
        text.thinking(piece);
    }

    @Override
    public void toolCall(ToolCall call) {
        toolCalls.add(call);
    }

    /** @return what the model wanted to call, as a JSON array; null for nothing */
    String toolCalls() {
        return toolCalls.json();
    }

    @Override
    public void caughtUp() {
        if (log.count() > shown) {
            shown = log.count();
            followers.wake(id());
        }
    }

    @Override
    public void end(ChatEnd heard) {
        end = heard;
    }

    /** Nothing will come any more: followers hear how it ended, the first time. */
    void tell(Outcome heard) {
        if (outcome == null) {
            outcome = heard;
            followers.wake(id());
            told.complete(heard);
        }
    }

    /** The outcome is on disk, or nobody will put it there any more. */
    void close(Outcome savedEnding) {
        tell(savedEnding);
        saved.complete(savedEnding);
        followers.wake(id()); // those elsewhere hear of the end once it is saved
        giveMemoryBack();
    }

    /** From now on, other servers get what is said, too. */
    void share(TokenStreams streams) {
        followers.addElsewhere(() -> new SharedAnswer(this, streams));
        followers.wake(id());
    }

    /** What a client says it has got beyond the end was never said. */
    @Override
    public Optional<TokenLog.Position> position(LastEventId reached) {
        return Optional.of(reached.in(log));
    }

    @Override
    public void join(Follower follower) {
        followers.add(follower);
    }

    @Override
    public void leave(Follower follower) {
        followers.remove(follower);
        giveMemoryBack();
    }

    Followers followers() {
        return followers;
    }

    private void giveMemoryBack() {
        if (saved.isDone() && followers.isEmpty()) {
            memory.close();
        }
    }
}

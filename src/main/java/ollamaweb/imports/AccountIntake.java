package ollamaweb.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import ollamaweb.config.SettingsArchive;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.goals.ArchivedGoal;
import ollamaweb.goals.GoalArchiveDao;
import ollamaweb.http.ApiException;
import ollamaweb.imports.sources.AccountSink.Kind;
import ollamaweb.insights.ArchivedInsight;
import ollamaweb.insights.InsightArchive;
import ollamaweb.json.Json;
import ollamaweb.prompts.ArchivedPrompt;
import ollamaweb.prompts.PromptArchive;
import ollamaweb.tasks.ArchivedTask;
import ollamaweb.tasks.TaskArchive;

/** Takes in what an export of an account has beside conversations, each thing once. */
final class AccountIntake {

    private static final String SETTINGS = "Settings";
    private static final String UNKNOWN = "It is written in a way that is not known.";

    private final Database database;
    private final ExportedAccounts exported;
    private final Clock clock;

    AccountIntake(Database database, ExportedAccounts exported, Clock clock) {
        this.database = database;
        this.exported = exported;
        this.clock = clock;
    }

    /**
     * @return what became of it, without its place
     * @throws ApiException 503 if the server cannot write now
     */
    ImportItem take(ImportTarget target, Kind kind, String origin, JsonNode json) {
        var title = title(kind, json);
        if (!json.isObject()) {
            return ConversationIntake.failed(title, UNKNOWN);
        }
        try {
            if (kind == Kind.SETTINGS) {
                return asked(target, tx -> settings(tx, target, json));
            }
            var thing = Thing.of(kind, json);
            return asked(target, tx -> take(tx, target, thing, names(tx, target, origin), title));
        } catch (ApiException e) {
            if (ConversationIntake.isOfTheServer(e)) {
                throw e;
            }
            return ConversationIntake.failed(title, sentence(e));
        } catch (IOException e) {
            var cause = e.getCause() instanceof ApiException invalid ? sentence(invalid) : UNKNOWN;
            return ConversationIntake.failed(title, cause);
        }
    }

    /** Hangs tasks on what came after them. */
    void link(ImportTarget target, String origin, List<Hanging> tasks) {
        if (target.dryRun()) {
            return;
        }
        for (var task : tasks) {
            database.write(target.userId(), tx -> {
                var names = names(tx, target, origin);
                names.brought("task", task.id())
                        .ifPresent(id -> TaskArchive.link(tx, target.userId(), id,
                                new TaskArchive.Links(names.orNull("goal", task.goalId()), names.orNull("task", task.parentId())),
                                names.orNull("task", task.previousId())));
                return null;
            });
        }
    }

    /** A task that hangs on one that may come after it, by the ids of the export. */
    record Hanging(long id, Long goalId, Long parentId, Long previousId) {

        /** @return the task, if it is one */
        static Optional<Hanging> of(Kind kind, JsonNode json) {
            boolean hangs = kind == Kind.TASK && json.path("id").isNumber()
                    && (json.path("parent_id").isNumber() || json.path("previous_id").isNumber());
            return hangs
                    ? Optional
                            .of(new Hanging(json.path("id").asLong(), id(json, "goal_id"), id(json, "parent_id"), id(json, "previous_id")))
                    : Optional.empty();
        }

        private static Long id(JsonNode json, String name) {
            return json.path(name).isNumber() ? json.path(name).asLong() : null;
        }
    }

    /**
     * Something that is told from others by an id.
     *
     * @param type  as insights cite it
     * @param value one of the four records
     */
    private record Thing(String type, long id, Instant createdAt, String hash, Object value) {

        static Thing of(Kind kind, JsonNode json) throws IOException {
            var hash = new ContentHash().text(json.toString()).end();
            var type = kind.name().toLowerCase(Locale.ROOT);
            switch (kind) {
                case PROMPT -> {
                    var prompt = Json.MAPPER.treeToValue(json, ArchivedPrompt.class);
                    prompt.check();
                    return new Thing(type, prompt.id(), prompt.createdAt(), hash, prompt);
                }
                case GOAL -> {
                    var goal = Json.MAPPER.treeToValue(json, ArchivedGoal.class);
                    goal.check();
                    return new Thing(type, goal.id(), goal.createdAt(), hash, goal);
                }
                case TASK -> {
                    var task = Json.MAPPER.treeToValue(json, ArchivedTask.class);
                    task.check();
                    return new Thing(type, task.id(), task.createdAt(), hash, task);
                }
                default -> {
                    var insight = Json.MAPPER.treeToValue(json, ArchivedInsight.class);
                    insight.check();
                    return new Thing(type, insight.id(), insight.createdAt(), hash, insight);
                }
            }
        }
    }

    private <R> R asked(ImportTarget target, Function<Transaction, R> work) {
        return target.dryRun() ? database.read(work) : database.write(target.userId(), work);
    }

    private AccountNames names(Transaction tx, ImportTarget target, String origin) {
        return new AccountNames(tx, target, origin, origin.equals(exported.origins().apply(target.userId())));
    }

    private ImportItem take(Transaction tx, ImportTarget target, Thing thing, AccountNames names, String title) {
        if (names.isOwn(thing.type(), thing.id(), thing.createdAt())) {
            return item(title, ImportItem.UNCHANGED, null);
        }
        var dao = tx.dao(ThingDao.class);
        var key = names.key(thing.id());
        var before = dao.find(target.userId(), thing.type(), key);
        if (before.isPresent() && before.get().contentHash().equals(thing.hash())) {
            boolean isOfThisImport = before.get().importId() == target.importId(); // broken off before it could tell that
            return item(title, isOfThisImport ? before.get().result() : ImportItem.UNCHANGED, null);
        }
        var result = before.isPresent() ? ImportItem.UPDATED : ImportItem.IMPORTED;
        if (!target.dryRun()) {
            long id = write(tx, target.userId(), thing, before.map(ThingDao.Known::thingId).orElse(null), names);
            dao.put(target.userId(), thing.type(), key, id, thing.hash(), target.importId(), result);
        }
        return item(title, result, null);
    }

    /** @param known the id of the one that came before; null: it is new */
    private long write(Transaction tx, long userId, Thing thing, Long known, AccountNames names) {
        var now = clock.instant();
        if (thing.value() instanceof ArchivedPrompt prompt) {
            return PromptArchive.put(tx, userId, known, prompt, now);
        }
        if (thing.value() instanceof ArchivedGoal goal) {
            var dao = tx.dao(GoalArchiveDao.class);
            return known != null && dao.update(known, userId, goal, now) ? known : dao.insert(userId, goal, now);
        }
        if (thing.value() instanceof ArchivedTask task) {
            return write(tx, userId, task, known, names, now);
        }
        if (known != null) {
            InsightArchive.delete(tx, userId, known);
        }
        return InsightArchive.insert(tx, userId, (ArchivedInsight) thing.value(), names, now);
    }

    private static long write(Transaction tx, long userId, ArchivedTask task, Long known, AccountNames names, Instant now) {
        var links = new TaskArchive.Links(names.orNull("goal", task.goalId()), names.orNull("task", task.parentId()));
        if (known == null) {
            return TaskArchive.insert(tx, userId, task, links, now);
        }
        TaskArchive.update(tx, userId, known, task, links, now);
        return known;
    }

    private ImportItem settings(Transaction tx, ImportTarget target, JsonNode json) {
        var outcome = SettingsArchive.merge(tx, target.userId(), json.path("settings"), target.dryRun());
        boolean hasMoved = SettingsArchive.move(tx, target.userId(), json.path("timezone").asText(null), target.dryRun());
        boolean isChange = hasMoved || !outcome.set().isEmpty();
        if (isChange && !target.dryRun()) {
            exported.settingsChanged().accept(tx, target.userId());
        }
        var details = new ArrayList<String>();
        if (!outcome.set().isEmpty()) {
            details.add("Set: " + String.join(", ", outcome.set()) + ".");
        }
        if (!outcome.refused().isEmpty()) {
            details.add("No setting can be like this: " + String.join(", ", outcome.refused()) + ".");
        }
        return item(SETTINGS, isChange ? ImportItem.IMPORTED : ImportItem.UNCHANGED,
                details.isEmpty() ? null : ConversationIntake.detail(String.join(" ", details)));
    }

    private static ImportItem item(String title, String result, String detail) {
        return new ImportItem(0, title, result, 0, detail, null);
    }

    /** @return what it is, and what it is called */
    private static String title(Kind kind, JsonNode json) {
        var name = switch (kind) {
            case PROMPT -> "Prompt: " + json.path("name").asText();
            case GOAL -> "Goal: " + json.path("title").asText();
            case TASK -> "Task: " + json.path("title").asText();
            case INSIGHT -> "Insight of " + json.path("created_at").asText();
            case SETTINGS -> SETTINGS;
        };
        return ConversationIntake.title(name);
    }

    private static String sentence(ApiException refusal) {
        var errors = refusal.errors();
        if (errors == null || errors.isEmpty()) {
            return refusal.getMessage() + ".";
        }
        var first = errors.get(0);
        return first.loc().get(first.loc().size() - 1) + ": " + first.msg() + ".";
    }
}

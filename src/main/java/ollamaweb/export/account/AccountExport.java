package ollamaweb.export.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import ollamaweb.db.Database;
import ollamaweb.export.zip.ZipContents;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.goals.ArchivedGoal;
import ollamaweb.goals.GoalArchiveDao;
import ollamaweb.insights.ArchivedInsight;
import ollamaweb.insights.InsightArchive;
import ollamaweb.json.Json;
import ollamaweb.prompts.Prompt;
import ollamaweb.prompts.PromptArchive;
import ollamaweb.tasks.ArchivedTask;
import ollamaweb.tasks.TaskArchive;

/**
 * Everything of an account but its secrets and what is in the trash, file by file. It is read in steps of a few milliseconds, each
 * from one state of the database, and neither holds a transaction open while the client takes its time nor keeps anybody from
 * writing. So this is what it promises: what was there when it began, and is neither changed nor deleted until it ends, is in
 * it as it is. What changes meanwhile is in it as it was at some moment of that time; of a conversation, no message without the
 * one that it follows. What is made meanwhile may be in it or not.
 */
final class AccountExport implements ZipContents {

    private static final String README = """
            This is everything that you keep in ollama-web.

            conversations/   each conversation twice: as Markdown, to be read, with the messages of its current branch, and as
                             JSON, with all of its branches
            files/           the images and texts that came with messages, each once
            prompts.json, goals.json, tasks.json, insights.json, settings.json
                             the rest of it; what names something else does so by its id in these files
            manifest.json    what is in here, and when it was written

            Keys, passwords and the contents of the trash are not in here. To bring all of it into an account, import this zip
            there as it is: what the account has already is not doubled.
            """;

    private final Queue<ZipContents> rest = new ArrayDeque<>();
    private final Instant exportedAt;
    private long prompts;
    private long goals;
    private long tasks;
    private long insights;
    private long settings;

    /**
     * @param origin  as {@link Manifest} has it
     * @param version of this server
     */
    AccountExport(Database database, long userId, String origin, String version, Instant exportedAt) {
        this.exportedAt = exportedAt;
        var conversations = new ConversationMembers(database, userId, exportedAt);
        var files = new FileMembers(database, userId, conversations.filesOfOthers(), exportedAt);
        add("README.txt", () -> README.getBytes(UTF_8));
        rest.add(conversations);
        rest.add(files);
        rest.add(once(new ListMember<>("prompts.json", exportedAt, database,
                (tx, after, limit) -> PromptArchive.list(tx, userId, after, limit), Prompt::id, count -> prompts = count)));
        rest.add(once(new ListMember<>("goals.json", exportedAt, database,
                (tx, after, limit) -> tx.dao(GoalArchiveDao.class).list(userId, after, limit), ArchivedGoal::id, count -> goals = count)));
        rest.add(once(new ListMember<>("tasks.json", exportedAt, database,
                (tx, after, limit) -> TaskArchive.list(tx, userId, after, limit), ArchivedTask::id, count -> tasks = count)));
        rest.add(once(new ListMember<>("insights.json", exportedAt, database,
                (tx, after, limit) -> InsightArchive.list(tx, userId, after, limit), ArchivedInsight::id, count -> insights = count)));
        add("settings.json", () -> {
            var archived = database.read(tx -> ArchivedSettings.of(tx, userId));
            settings = archived.count();
            return Json.write(archived).getBytes(UTF_8);
        });
        add("manifest.json", () -> Json.write(new Manifest(Manifest.FORMAT, Manifest.VERSION, version, exportedAt, origin,
                new Manifest.Counts(conversations.conversations(), conversations.messages(), files.count(), prompts, goals, tasks, insights,
                        settings)))
                .getBytes(UTF_8));
    }

    @Override
    public ZipMember next() throws IOException {
        while (!rest.isEmpty()) {
            var member = rest.peek().next();
            if (member != null) {
                return member;
            }
            rest.remove();
        }
        return null;
    }

    private void add(String name, Supplier<byte[]> content) {
        rest.add(once(new WholeMember(name, exportedAt, content)));
    }

    private static ZipContents once(ZipMember member) {
        var left = new ArrayDeque<ZipMember>();
        left.add(member);
        return left::poll;
    }
}

package ollamaweb.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ollamaweb.access.AccessDao;
import ollamaweb.conversations.ConversationFilter;
import ollamaweb.db.sqlite.SqliteFiles;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.search.SearchFilter;
import ollamaweb.testing.PostgresServer;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the DAOs say, held against the migrated schema. */
class StatementTest {

    @TempDir
    Path folder;

    @BeforeEach
    void migrate() throws Exception {
        SqliteFiles.migrations(file()).up();
    }

    @Test
    void every_statement_compiles_on_the_migrated_schema() throws Exception {
        try (var connection = connect()) {
            for (var method : statements("postgresql")) {
                assertThat(plan(connection, sql(method).orElseThrow())).as(method.toString()).isNotNull();
            }
        }
    }

    @Test
    void every_statement_compiles_on_the_migrated_schema_of_postgresql() throws Exception {
        var url = PostgresServer.newDatabase();
        try (var connection = PostgresServer.connect(url)) {
            for (var method : statements("sqlite")) {
                var typed = StatementParameters.of(method).nullsIn(Dialect.POSTGRESQL.sql(sql(method).orElseThrow()));
                assertThatCode(() -> connection.createStatement().execute("EXPLAIN " + typed)).as(method.toString())
                        .doesNotThrowAnyException();
            }
        } finally {
            PostgresServer.drop(url);
        }
    }

    @Test
    void no_statement_of_the_sources_is_overlooked() throws Exception {
        var annotation = Pattern.compile("^ *@Sql(?:Query|Update|Batch)\\(", Pattern.MULTILINE);
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var inSources = files.filter(file -> file.toString().endsWith(".java"))
                    .mapToLong(file -> annotation.matcher(text(file)).results().count()).sum();
            assertThat(statements("neither")).hasSize((int) inSources);
        }
    }

    @Test
    void a_key_is_found_in_an_index_however_many_there_are() throws Exception {
        assertThat(planOf("ollamaweb.auth.ApiKeyDao", "find", String.class)).contains("SEARCH k USING INDEX", "key_digest=?");
    }

    @Test
    void a_page_of_conversations_is_read_in_order_and_not_sorted() throws Exception {
        var all = planOf("ollamaweb.conversations.ConversationDao", "list", long.class, ConversationFilter.class, int.class, long.class);
        var own = planOf("ollamaweb.conversations.ConversationDao", "listOwn", long.class, ConversationFilter.class, int.class, long.class);
        var current = planOf("ollamaweb.conversations.ConversationDao", "listCurrent", long.class, int.class, long.class);
        assertThat(List.of(all, own)).allSatisfy(plan -> assertThat(plan).contains("idx_conversation_tags_tag (user_id=? AND tag=?)"));
        assertThat(List.of(all.substring(0, all.indexOf("SCAN own")), own, current))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("SEARCH c USING INDEX idx_conversations_list (user_id=? AND archived=?)")
                        .doesNotContain("TEMP B-TREE", "SCAN messages"));
        assertThat(planOf("ollamaweb.conversations.ConversationDao", "countCurrent", long.class))
                .contains("SEARCH c USING INDEX idx_conversations_list (user_id=? AND archived=?)");
    }

    @Test
    void who_may_see_a_thing_is_asked_of_that_thing_and_not_of_all_that_somebody_has() throws Exception {
        for (var question : List.of(
                planOf("ollamaweb.conversations.ConversationDao", "find", long.class, long.class),
                planOf("ollamaweb.messages.MessageDao", "find", long.class, long.class),
                planOf("ollamaweb.access.AccessDao", "find", long.class, long.class),
                planOf("ollamaweb.access.AccessDao", "findOfMessage", long.class, long.class),
                planOf("ollamaweb.files.FileDao", "findVisible", long.class, long.class),
                planOf("ollamaweb.chat.GenerationDao", "find", long.class, long.class))) {
            assertThat(question).contains("SEARCH c USING INTEGER PRIMARY KEY",
                    "INDEX idx_conversation_members (conversation_id=? AND user_id=?)").doesNotContain("SCAN c", "SCAN x", "SCAN owner");
        }
    }

    @Test
    void the_tasks_of_a_goal_are_found_without_a_look_at_the_others() throws Exception {
        assertThat(planOf("ollamaweb.goals.GoalDao", "hasTasks", long.class, long.class)).contains("idx_tasks_goal_status (goal_id=?");
        assertThat(planOf("ollamaweb.insights.InsightSources", "listOfGoal", long.class, long.class, int.class))
                .contains("idx_tasks_goal_status (goal_id=?");
        assertThat(planOf("ollamaweb.goals.GoalDao", "find", long.class, long.class)).contains("idx_tasks_goal_status (goal_id=?");
        assertThat(planOf("ollamaweb.goals.GoalDao", "list", long.class, String.class, int.class, long.class))
                .contains("idx_tasks_goal_status (goal_id=?");
    }

    @Test
    void a_search_follows_the_index_from_the_newest_message_on() throws Exception {
        for (var search : List.of("withGrams", "withWideGrams")) {
            assertThat(planOf("ollamaweb.search.sqlite.SearchDao", search, String.class, String.class, long.class, Long.class,
                    SearchFilter.class, long.class, long.class))
                    .startsWith("SCAN g VIRTUAL TABLE").contains("SEARCH e USING INTEGER PRIMARY KEY", "SEARCH m USING INTEGER PRIMARY KEY")
                    .doesNotContain("TEMP B-TREE");
        }
        assertThat(planOf("ollamaweb.search.PlaceDao", "listOwn", long.class, SearchFilter.class, int.class, int.class))
                .contains("idx_messages_writers (conversation_id=? AND role=?)",
                        "idx_messages_writers (conversation_id=? AND role=? AND model_name=?)",
                        "idx_messages_conversation_created (conversation_id=?)");
        assertThat(planOf("ollamaweb.search.sqlite.IndexDao", "listNarrow", long.class, int.class))
                .contains("SEARCH e USING INTEGER PRIMARY KEY (rowid<?)").doesNotContain("TEMP B-TREE");
    }

    @Test
    void what_waits_for_the_background_is_found_however_much_else_there_is() throws Exception {
        assertThat(planOf("ollamaweb.purge.PurgeDao", "findConversation")).contains("INDEX idx_conversations_user_updated (user_id=?)")
                .doesNotContain("TEMP B-TREE");
        assertThat(planOf("ollamaweb.purge.PurgeDao", "findUser")).contains("idx_users_deleted");
        assertThat(planOf("ollamaweb.search.sqlite.IndexDao", "listWaiting", int.class)).contains("idx_search_queue_order")
                .doesNotContain("TEMP B-TREE");
        assertThat(planOf("ollamaweb.messages.sqlite.CompressionDao", "listDue", int.class)).contains("idx_messages_uncompressed")
                .doesNotContain("TEMP B-TREE");
        assertThat(planOf("ollamaweb.auth.CredentialDao", "endAnswers", long.class)).contains("idx_messages_one_answer");
        assertThat(planOf("ollamaweb.auth.CredentialDao", "endInsights", long.class)).contains("idx_insights");
    }

    /** These are for owners alone, or ask only which messages are the favorites of somebody. */
    private static final Set<String> FOR_OWNERS = Set.of(
            "AccountDao.conversations", "AccountDao.files", "ConversationDao.countCurrent", "ConversationDao.delete",
            "ConversationDao.listCurrent", "ConversationDao.listOwn", "OrderDao.setOfOwner",
            "ShareDao.insert", "TrashDao.count", "TrashDao.delete", "TrashDao.find", "TrashDao.list", "TrashDao.listSome",
            "TrashDao.restore", "TrashDao.trash", "InsightSources.listMessages", "CredentialDao.endAnswers",
            "OriginDao.find", "OriginDao.findOwn", "ThingDao.has", "PathDao.heads", "PathDao.headsOfTree", "PendingConversationDao.show",
            "PlaceDao.listOwn",
            "PurgeDao.disownConversations", "ScheduleDao.findModel");

    @Test
    void who_may_see_a_conversation_is_asked_in_one_way() throws Exception {
        var asksWhose = Pattern.compile("(?s).*\\bconversations (?:AS )?(?:c|mine)\\b.*\\b(?:c|mine)\\.user_id = :userId.*"
                + "|(?s).*(?:FROM|UPDATE) conversations\\s.*user_id = :userId.*");

        assertThat(statements("neither"))
                .filteredOn(method -> !method.getDeclaringClass().getPackageName().startsWith("ollamaweb.search.")) // goes by owners
                .filteredOn(method -> asksWhose.matcher(sql(method).orElseThrow()).matches())
                .filteredOn(method -> !sql(method).orElseThrow().contains(AccessDao.MAY_READ)
                        && !sql(method).orElseThrow().contains(AccessDao.MAY_WRITE)
                        && !sql(method).orElseThrow().contains(AccessDao.MEMBERSHIP))
                .extracting(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .isSubsetOf(FOR_OWNERS);
    }

    private String planOf(String dao, String method, Class<?>... parameters) throws Exception {
        var sql = sql(Class.forName(dao).getDeclaredMethod(method, parameters)).orElseThrow();
        try (var connection = connect()) {
            return plan(connection, sql);
        }
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        var positional = Dialect.SQLITE.sql(sql).replaceAll("(?<![:\\w']):[A-Za-z][\\w.]*", "?");
        try (var rows = connection.prepareStatement("EXPLAIN QUERY PLAN " + positional).executeQuery()) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            return plan.toString();
        }
    }

    /**
     * @param other the name of the kind of database that is not meant, whose own packages are left out
     * @return the methods with statements, of whatever interface
     */
    private static List<Method> statements(String other) throws Exception {
        var classes = Path.of(Database.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class") && file.startsWith(classes.resolve("ollamaweb")))
                    .filter(file -> !file.getParent().endsWith(other))
                    .flatMap(file -> methods(classes.relativize(file)))
                    .filter(method -> sql(method).isPresent())
                    .toList();
        }
    }

    private static Stream<Method> methods(Path file) {
        var name = file.toString().replace('/', '.').replace('\\', '.').replaceAll("\\.class$", "");
        try {
            return Arrays.stream(Class.forName(name, false, StatementTest.class.getClassLoader()).getDeclaredMethods());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> sql(AnnotatedElement method) {
        return Stream.of(
                Optional.ofNullable(method.getAnnotation(SqlQuery.class)).map(SqlQuery::value),
                Optional.ofNullable(method.getAnnotation(SqlUpdate.class)).map(SqlUpdate::value),
                Optional.ofNullable(method.getAnnotation(SqlBatch.class)).map(SqlBatch::value))
                .flatMap(Optional::stream).findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("test.db");
    }

    private Connection connect() throws IOException, SQLException {
        return new SqliteStorage(file(), Synchronous.NORMAL, new Secrets(null, null)).connectBeside().connection();
    }
}

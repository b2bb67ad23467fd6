package ollamaweb.insights;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.db.Transaction;
import ollamaweb.goals.Goal;
import ollamaweb.goals.GoalDao;
import ollamaweb.insights.InsightSources.Said;
import ollamaweb.insights.InsightSources.Task;
import ollamaweb.insights.PromptContext.Item;
import ollamaweb.json.Excerpt;
import ollamaweb.users.TimeZoneDao;

/** Gathers what one job is about, out of one state of the database. */
final class SourceCollector {

    private static final int MOST_TASKS = 40;
    private static final int MOST_GOALS = 20;
    private static final int MOST_MESSAGES = 200;
    private static final int TITLE = 120;
    private static final int DESCRIPTION = 150;
    private static final int MESSAGE = 1000;
    private static final int[] LENGTHS = {600, 300, 150, 60};
    private static final int MOST_MESSAGES_IN_SHORT = 30;
    private static final int MESSAGE_IN_SHORT = 150;
    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final InsightSources own;
    private final GoalDao goals;
    private final Job job;
    private final ZoneId zone;

    SourceCollector(Transaction tx, Job job) {
        this.own = tx.dao(InsightSources.class);
        this.goals = tx.dao(GoalDao.class);
        this.job = job;
        this.zone = tx.dao(TimeZoneDao.class).find(job.userId()).orElse(ZoneOffset.UTC);
    }

    /** @return what there is to read, maybe nothing */
    PromptContext context() {
        return job.isScheduled() ? ofPeriod() : switch (InsightKind.named(job.kind())) {
            case DAILY_SUMMARY -> ofDay();
            case GOAL_REVIEW -> goals.find(job.goalId(), job.userId()).map(this::ofGoal).orElse(new PromptContext(List.of()));
            case CONVERSATION_DIGEST -> ofConversations();
        };
    }

    /** @return when the insight was asked for, as the user's clock shows it */
    String now() {
        return time(job.createdAt()) + " " + zone;
    }

    private PromptContext ofDay() {
        var items = new ArrayList<Item>();
        own.listOfDay(job.userId(), job.from(), job.to(), MOST_TASKS).forEach(task -> items.add(item(task)));
        goals.list(job.userId(), Goal.ACTIVE, MOST_GOALS, 0).forEach(goal -> items.add(item(goal)));
        items.addAll(newestMessages(MOST_MESSAGES_IN_SHORT, MESSAGE_IN_SHORT));
        return PromptContext.fitting(items);
    }

    /** All that a day or a week had, and what is due in the next: of more messages less each, rather than of a few all. */
    private PromptContext ofPeriod() {
        var rest = new ArrayList<Item>();
        var end = job.to().plus(Duration.between(job.from(), job.to()));
        own.listOfDay(job.userId(), job.from(), end, MOST_TASKS).forEach(task -> rest.add(item(task)));
        goals.list(job.userId(), Goal.ACTIVE, MOST_GOALS, 0).forEach(goal -> rest.add(item(goal)));
        var context = new PromptContext(List.of());
        for (int length : LENGTHS) {
            var items = new ArrayList<>(rest);
            items.addAll(newestMessages(MOST_MESSAGES, length));
            context = PromptContext.fitting(items);
            if (context.hasAll(items)) {
                break;
            }
        }
        return context;
    }

    private PromptContext ofGoal(Goal goal) {
        var items = new ArrayList<Item>();
        items.add(item(goal));
        own.listOfGoal(job.userId(), goal.id(), MOST_TASKS).forEach(task -> items.add(item(task)));
        return PromptContext.fitting(items);
    }

    private PromptContext ofConversations() {
        var newest = PromptContext.fitting(newestMessages(MOST_MESSAGES, MESSAGE)).items();
        var oldestFirst = new ArrayList<>(newest);
        Collections.reverse(oldestFirst);
        return new PromptContext(oldestFirst);
    }

    private List<Item> newestMessages(int most, int length) {
        var from = Optional.ofNullable(job.from()).orElse(BEGINNING);
        var to = Optional.ofNullable(job.to()).orElse(END);
        return own.listMessages(job.userId(), job.conversationId(), from, to, most, 2 * length).stream()
                .map(said -> item(said, length))
                .toList();
    }

    private Item item(Task task) {
        var facts = new ArrayList<String>();
        facts.add("priority " + task.priority());
        facts.add(task.status().replace('_', ' '));
        Optional.ofNullable(task.dueDate()).ifPresent(due -> facts.add(due(task, due)));
        Optional.ofNullable(task.completedAt()).ifPresent(done -> facts.add("completed " + time(done)));
        return new Item(Source.task(task.id()), described(task.title(), facts, task.description(), DESCRIPTION));
    }

    private String due(Task task, Instant due) {
        boolean isOpen = task.status().equals("open") || task.status().equals("in_progress");
        return (isOpen && due.isBefore(job.createdAt()) ? "overdue since " : "due ") + time(due);
    }

    private Item item(Goal goal) {
        var facts = new ArrayList<String>();
        facts.add(goal.status());
        facts.add(String.format(Locale.ROOT, "%.0f %% done", 100 * goal.progress()));
        Optional.ofNullable(goal.targetDate()).ifPresent(target -> facts.add("target " + target));
        return new Item(Source.goal(goal.id()), described(goal.title(), facts, goal.description(), DESCRIPTION));
    }

    private Item item(Said said, int length) {
        var facts = List.of(said.role(), time(said.createdAt()));
        return new Item(Source.message(said.id()), described(said.title(), facts, said.content(), length));
    }

    private static String described(String title, List<String> facts, String text, int length) {
        var heading = oneLine(title, TITLE) + " (" + String.join(", ", facts) + ")";
        var line = oneLine(text, length);
        return line.isEmpty() ? heading : heading + ": " + line;
    }

    /** @return the text on one line, without chat-template tokens, of at most {@code max} characters */
    private static String oneLine(String text, int max) {
        var clean = SystemPrompt.clean(BLANKS.matcher(text == null ? "" : text).replaceAll(" "));
        return clean == null ? "" : Excerpt.cut(clean.strip(), max);
    }

    private String time(Instant moment) {
        return MINUTES.format(moment.atZone(zone));
    }
}

package ollamaweb.export.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;

/** An account in which there is some of everything, made by a seed. */
final class RandomLibrary {

    private static final String[] TITLES =
            {"CON", "../x", "🍞 Bread", "a:b*c?\"<d>|e", "Ünïcödé ﷽ e\u0301", "same", "same", "…", "שלום", "t".repeat(200)};
    private static final String[] TEXTS =
            {"", "Hello", "\t# Title\n\n```\ncode", "👩‍👩‍👧 \u202Eabc", "\"quoted\" \\ back", "x".repeat(40_000),
                    "\uFEFFbom \uFFFD \u2028line"};

    private static final String[] ENDINGS = {"", ",\"done_reason\":\"length\"", ",\"status\":\"interrupted\"",
            ",\"status\":\"error\",\"error\":\"Ollama: out of \\\"memory\\\"\""};

    private final Random random;
    private final TestApp app;
    private final Client owner;
    private final List<Long> messages = new ArrayList<>();
    private final List<Long> tasks = new ArrayList<>();

    private RandomLibrary(TestApp app, Client owner, long seed) {
        this.random = new Random(seed);
        this.app = app;
        this.owner = owner;
    }

    static void fill(TestApp app, Client owner, long seed) {
        var library = new RandomLibrary(app, owner, seed);
        library.converse();
        library.keep();
        library.plan();
        library.look();
        assertThat(owner.post("/api/config/save", "{\"settings\":{\"theme\":\"dark\",\"context\":\"fit\",\"sidebar\":{\"w\":[1,2.5,null]},"
                + "\"insights.daily\":\"07:00\"}}")).isOk();
    }

    private void converse() {
        for (int i = 0; i < TITLES.length; i++) {
            var all = new StringBuilder();
            int count = random.nextInt(10);
            for (int number = 1; number <= count; number++) {
                all.append(number == 1 ? "" : ",").append(message(number));
            }
            long id = owner.post("/api/export/conversations/import", "{\"title\":" + Json.write(TITLES[i]) + ",\"model_name\":\"model "
                    + random.nextInt(3) + "\",\"system_prompt\":" + (random.nextBoolean() ? "null" : Json.write("Be brief.\n🙂"))
                    + ",\"pinned\":" + random.nextBoolean() + ",\"archived\":" + random.nextBoolean() + ",\"tags\":["
                    + (random.nextBoolean() ? "\"b\",\"a 🙂\",\"" + "y".repeat(50) + "\"" : "") + "],\"created_at\":\""
                    + (1970 + random.nextInt(280))
                    + "-01-02T03:04:05.678Z\",\"updated_at\":\"2262-04-11T23:47:16.854Z\",\"current_message_id\":"
                    + (count == 0 ? "null" : Integer.toString(1 + random.nextInt(count)))
                    + ",\"messages\":[" + all + "]}").json().path("conversation_id").asLong();
            for (var message : owner.get("/api/conversations/" + id + "?all=true").json().path("messages")) {
                messages.add(message.path("id").asLong());
            }
        }
    }

    private String message(int number) {
        var role = new String[] {"user", "assistant", "assistant", "system", "tool"}[random.nextInt(5)];
        int parent = random.nextInt(number);
        return "{\"id\":" + number + ",\"parent_id\":" + (parent == 0 ? "null" : Integer.toString(parent)) + ",\"role\":\"" + role
                + "\",\"content\":" + Json.write(TEXTS[random.nextInt(TEXTS.length)] + number)
                + (role.equals("assistant")
                        ? ",\"thinking\":" + Json.write("Hm " + TEXTS[random.nextInt(5)]) + ",\"model_name\":\"llama\",\"tokens_used\":7,"
                                + "\"prompt_tokens\":11,\"duration_ms\":1234,\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1.5}}}]"
                                + ENDINGS[random.nextInt(ENDINGS.length)]
                        : "")
                + (role.equals("tool") ? ",\"tool_name\":\"f\"" : "")
                + (random.nextInt(3) == 0 ? ",\"reaction\":\"👍🏽\",\"favorite\":true" : "")
                + (random.nextInt(4) == 0 ? ",\"files\":[" + file() + "]" : "")
                + ",\"created_at\":\"2025-11-04T10:0" + number + ":00.123Z\"}";
    }

    private String file() {
        var bytes = random.nextBoolean() ? Pictures.png(1000 + random.nextInt(3) * 1000) : ("Notes " + random.nextInt(3)).getBytes(UTF_8);
        return "{\"name\":\"ä " + bytes.length + ".bin\",\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
    }

    private void keep() {
        for (int i = 0; i < 5; i++) {
            assertThat(owner.post("/api/prompts", "{\"name\":" + Json.write(TITLES[random.nextInt(TITLES.length)]) + ",\"content\":"
                    + Json.write(TEXTS[1 + random.nextInt(4)] + " {{a b}}") + ",\"category\":"
                    + (random.nextBoolean() ? "null" : "\"ä\"") + "}")).hasStatus(201);
        }
    }

    private void plan() {
        var client = new TaskClient(owner);
        var goals = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            goals.add(id(
                    client.createsGoal("{'title':'Goal " + i + " 🎯','progress':0." + i + ",'target_date':'2030-0" + (i + 1) + "-01',"
                            + "'description':'Ü\\n 1','status':'" + (i == 0 ? "active" : i == 1 ? "achieved" : "abandoned") + "'}")));
        }
        for (int i = 0; i < 9; i++) {
            tasks.add(id(client.createsTask("{'title':'Task " + i + "','priority':'" + (random.nextBoolean() ? "low" : "urgent")
                    + "','due_date':'2031-01-1" + random.nextInt(9) + "','tags':['x','ü'],'description':'As\\tsaid','estimated_minutes':"
                    + (i + 1) + ",'status':'"
                    + (random.nextBoolean() ? "open" : "in_progress") + "'"
                    + (random.nextBoolean() ? ",'goal_id':" + goals.get(random.nextInt(3)) : "")
                    + (random.nextBoolean() ? ",'recurrence':'FREQ=WEEKLY;COUNT=5'" : "")
                    + (i > 0 && random.nextBoolean() ? ",'parent_id':" + tasks.get(random.nextInt(i)) : "") + "}")));
        }
        client.changesTask(tasks.get(0), "{'parent_id':" + id(client.createsTask("{'title':'Made last'}")) + "}");
        for (var task : tasks.subList(0, 6)) {
            owner.post("/api/v1/tasks/" + task + "/reminders", random.nextBoolean()
                    ? "{\"minutes_before\":30}"
                    : "{\"remind_at\":\"2030-05-06T07:08:09Z\"}");
            owner.post("/api/v1/tasks/" + task + "/complete", "");
        }
    }

    private void look() {
        long user = owner.get("/api/config/get").json().path("user_id").asLong();
        for (int i = 0; i < 3; i++) {
            long task = tasks.get(random.nextInt(tasks.size()));
            long message = messages.get(random.nextInt(messages.size()));
            Rows.change(app.database(), """
                    INSERT INTO insights (user_id, kind, status, model_name, content, sources, claims, tokens_used, attempts, due_at, created_at,
                                          finished_at)
                    VALUES (%1$d, 'daily_summary', 'ready', 'tiny', 'You did it [task %2$d, message #%3$d] and [so on].',
                            '[{"type":"task","id":%2$d},{"type":"message","id":%3$d}]',
                            '[{"text":"You did it","supported":true,"sources":[{"type":"task","id":%2$d}]}]', 5, 1,
                            '2025-11-0%4$dT10:00:00.000Z', '2025-11-0%4$dT10:00:00.000Z', '2025-11-0%4$dT10:00:01.000Z')"""
                    .formatted(user, task, message, i + 1));
        }
    }

    private static long id(Answer answer) {
        return TaskClient.data(answer).path("id").asLong();
    }
}

package ollamaweb.web;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every screen, as axe sees it in both themes, and as pictures for people to look at. */
@Tag("browser")
class EveryScreenTest {

    private static final String ANSWER = """
            Since JDK 24, `synchronized` no longer pins. Two cases are left: a native frame on the stack, and class initialisation. \
            To find them, record the event that the JVM itself emits:

            ```java
            try (var stream = new RecordingStream()) {
                stream.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20));
                stream.onEvent("jdk.VirtualThreadPinned", System.out::println);  // where, and for how long
                stream.start();
            }
            ```

            ### What to compare

            | case | JDK 21 | JDK 25 |
            | --- | :---: | ---: |
            | `synchronized` | pins | free |
            | native frame | pins | pins |

            1. Start with the **default threshold** of 20 ms.
            2. Raise it once the *short* stretches are gone; one long stretch is $1/n$ of your throughput.
            """;

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void signing_in() {
        app.as("somebody");
        var stranger = visitors.stranger().open("/");
        stranger.page().waitForSelector("[name=email]");
        stranger.keepPictures("sign-in").assertAccessible();

        stranger.page().click("text=Make a new account");
        stranger.keepPictures("first-start").assertAccessible();
    }

    @Test
    void a_conversation_and_what_opens_over_it() {
        var gate = new Gate();
        app.ollama().model("qwen3:8b", say(ANSWER).evalCount(212));
        app.ollama().installed("qwen3:8b", "llama3.2:1b", "gemma3:27b-it-qat");
        var ada = visitors.as("ada");
        app.as("ada").post("/api/config/save", "{\"settings\":{\"default_model\":\"qwen3:8b\"}}");
        for (var title : new String[] {"Letter to the landlord", "Regex for ISO dates", "Why is the sky dark at night?"}) {
            app.as("ada").post("/api/conversations", "{\"title\":\"" + title + "\",\"model_name\":\"qwen3:8b\"}");
        }
        var chat = ChatWindow.of(ada.open("/")).sees(".suggestions");
        ada.keepPictures("new-chat").assertAccessible();

        chat.ask("When does a virtual thread pin its carrier on JDK 25, and how do I find the place?").awaitEnd();
        chat.sees(".hljs-keyword").sees(".katex");
        ada.keepPictures("conversation").assertAccessible();

        app.ollama().model("qwen3:8b",
                say("Keep it off by default and turn it on by a flag. One line for each ", "pinned stretch ").then(hold(gate)));
        chat.ask("And what would you log in production?").awaitAnswerWith("pinned stretch");
        ada.keepPictures("answering").assertAccessible();
        chat.press("Escape").sees("[data-act=continue]");
        ada.keepPictures("stopped").assertAccessible();
        gate.open();

        chat.click(".pill").sees(".option");
        ada.keepPictures("models").assertAccessible();
        chat.press("Escape", "Control+k").type("pin").sees("mark");
        ada.keepPictures("search").assertAccessible();
        chat.press("Escape").click("header [popovertarget=chat-menu]");
        ada.keepPictures("menu").assertAccessible();
        chat.click("#chat-menu >> text=Instructions").sees("dialog textarea");
        ada.keepPictures("instructions").assertAccessible();
        chat.press("Escape").click("header [popovertarget=chat-menu]").click("#chat-menu >> text=Tags").sees("dialog [name=tags]");
        ada.keepPictures("tags").assertAccessible();
        chat.press("Escape").click("header [popovertarget=chat-menu]").click("#chat-menu >> text=Delete").sees(".toast");
        ada.keepPictures("thrown-away").assertAccessible();
        ada.open("/trash").page().waitForSelector(".thing");
        ada.keepPictures("trash").assertAccessible();
        ada.page().click("text=Empty the trash");
        ada.page().waitForSelector("dialog .danger");
        ada.keepPictures("delete").assertAccessible();
    }

    @Test
    void the_rooms_beside_the_chat() {
        var bob = visitors.as("bob");
        var api = app.as("bob");
        long goal = api.post("/api/v1/goals/", "{\"title\":\"Finish the garden\",\"target_date\":\"2026-03-01\"}").json().path("data")
                .path("id").asLong();
        api.post("/api/v1/tasks/",
                "{\"title\":\"Order tulip bulbs\",\"priority\":\"urgent\",\"tags\":[\"garden\"],\"goal_id\":" + goal + "}");
        api.post("/api/v1/tasks/", "{\"title\":\"Call the landlord\",\"due_date\":\"2026-01-02\"}");
        api.post("/api/v1/insights/", "{\"kind\":\"daily_summary\",\"model_name\":\"llama3.2:1b\"}");

        for (var room : new String[] {"tasks", "goals", "insights", "settings"}) {
            bob.open("/" + room).page().waitForSelector(".thing, .insight");
            bob.keepPictures(room).assertAccessible();
        }
        for (var room : new String[] {"tasks", "goals"}) {
            bob.open("/" + room).page().click("button.thing-text");
            bob.page().waitForSelector("dialog[open]");
            bob.keepPictures(room + "-edit").assertAccessible();
        }
    }

    @Test
    void what_is_not_there() {
        var cleo = visitors.as("cleo").expects("404");
        cleo.open("/c/4711").page().waitForSelector("text=There is no such conversation");
        cleo.keepPictures("gone").assertAccessible();

        for (var room : new String[] {"archive", "favorites", "tasks", "goals", "insights", "trash", "usage"}) {
            cleo.open("/" + room).page().waitForSelector(".blank");
            cleo.keepPictures(room + "-empty").assertAccessible();
        }
    }

    @Test
    void the_picture_of_the_readme() {
        app.ollama().model("qwen3:8b", say(ANSWER).evalCount(212));
        var dora = visitors.as("dora");
        app.as("dora").patch("/api/v1/users/me", "{\"display_name\":\"Anna\"}");
        for (var title : new String[] {"Trip to Lisbon, four days", "Names for a small robot", "Sourdough, second attempt",
                "Letter to the landlord", "Regex for ISO dates"}) {
            app.as("dora").post("/api/conversations", "{\"title\":\"" + title + "\",\"model_name\":\"qwen3:8b\"}");
        }
        app.as("dora").post("/api/config/save", "{\"settings\":{\"default_model\":\"qwen3:8b\"}}");
        dora.page().clock().setSystemTime(TestClock.START.toString());
        dora.page().setViewportSize(1280, 900);
        var chat = ChatWindow.of(dora.open("/")).ask("When does a virtual thread pin its carrier, and how do I find the place?").awaitEnd();
        chat.sees(".hljs-keyword").sees(".katex");

        chat.keepPicture(Path.of("target/screenshots/readme.png"));
        assertThat(Path.of("target/screenshots/readme.png")).isNotEmptyFile();
    }
}

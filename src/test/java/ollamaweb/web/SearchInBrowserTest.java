package ollamaweb.web;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Words are found wherever they stand in a message, and what is looked at can be limited. */
@Tag("browser")
class SearchInBrowserTest {

    private static final String IMPORT = """
            {"title": "Bread", "model_name": "m", "messages": [
                {"role": "user", "content": "How long does a sourdough need in the cold?"},
                {"role": "assistant", "content": "In the cold a sourdough needs a night, a yeast dough less."}]}""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void words_are_found_apart_and_without_others_and_by_who_wrote_them() {
        var ada = visitors.as("ada");
        app.as("ada").post("/api/export/conversations/import", IMPORT);
        var chat = ChatWindow.of(ada.open("/")).sees("li.row a").press("Control+k").sees("ow-search dialog[open]");

        awaitHits(chat, "sourdough cold", 2);
        assertThat(chat.page().locator("#hits mark").allInnerTexts()).contains("sourdough", "cold");
        ada.keepPictures("search-words").assertAccessible();
        awaitHits(chat, "cold -yeast", 1);
        awaitHits(chat, "\"the cold a sourdough\"", 1);
        awaitHits(chat, "sourdough cold", 2);
        chat.page().selectOption("[name=role]", "user");

        chat.page().waitForFunction("() => document.querySelectorAll('#hits .option').length === 1");
        assertThat(chat.page().innerText("#hits")).contains("How long does");
        chat.click("#hits .option").sees("ow-message article:focus");
    }

    @Test
    void older_results_come_when_one_asks_for_them() {
        var bob = visitors.as("bob");
        var messages =
                IntStream.range(0, 40).mapToObj(i -> "{\"role\": \"user\", \"content\": \"walnut bread " + i + "\"}").collect(joining(","));
        app.as("bob").post("/api/export/conversations/import",
                "{\"title\": \"Nuts\", \"model_name\": \"m\", \"messages\": [" + messages + "]}");
        var chat = ChatWindow.of(bob.open("/")).sees("li.row a").press("Control+k").sees("ow-search dialog[open]");

        awaitHits(chat, "walnut bread", 30);
        chat.click(".finder-more button").page().waitForFunction("() => document.querySelectorAll('#hits .option').length === 40");

        assertThat(chat.focus()).isEqualTo("Search titles and messages");
        assertThat(chat.page().locator(".finder-more").count()).isZero();
        chat.press("Enter").sees("ow-message article:focus");
    }

    /** What was written is found a moment later: so one looks again until then. */
    private static void awaitHits(ChatWindow chat, String query, int count) {
        var found = chat.page().evaluate("""
                async ([query, count]) => {
                    const field = document.querySelector('.finder-input');
                    const isFound = () => document.querySelector('ow-search').status === 'ready'
                        && document.querySelectorAll('#hits .option').length === count;
                    for (const end = Date.now() + 20000; Date.now() < end && !(field.value === query && isFound());) {
                        field.value = query;
                        field.dispatchEvent(new InputEvent('input', {bubbles: true}));
                        await new Promise(done => setTimeout(done, 400));
                    }
                    return isFound();
                }""", List.of(query, count));
        assertThat(found).as(query).isEqualTo(true);
    }
}

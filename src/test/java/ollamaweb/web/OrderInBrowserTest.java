package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conversations are pinned, filed, put away and thrown away, and had back. */
@Tag("browser")
class OrderInBrowserTest {

    private static final String ROWS = "() => [...document.querySelectorAll('li.row a .cut')].map(each => each.innerText)";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void what_is_thrown_away_comes_back_by_undo_or_from_the_trash() {
        var chat = conversations("ada", "Bread", "Letters");
        chat.page().click("li.row a:has-text('Bread')");
        choose(chat, "Delete").sees(".toast:has-text('is in the trash')");
        awaitRows(chat, "Letters");
        assertThat(chat.page().url()).endsWith("/");

        chat.click(".toast button:has-text('Undo')");
        awaitRows(chat, "Letters", "Bread");
        chat.page().waitForURL("**/c/*");
        choose(chat, "Delete").click("[popovertarget=me-menu]").click("#me-menu >> text=Trash").click(".thing button:has-text('Restore')");

        awaitRows(chat, "Letters", "Bread");
        chat.sees(".blank:has-text('The trash is empty')");
    }

    @Test
    void what_is_in_the_trash_can_be_deleted_for_good() {
        var chat = conversations("bob", "Secret", "Letters");
        chat.page().click("li.row a:has-text('Secret')");
        choose(chat, "Delete").click("[popovertarget=me-menu]").click("#me-menu >> text=Trash").sees(".thing");

        chat.click("[aria-label='Delete “Secret” for good']").click("dialog >> text=Delete for good")
                .sees(".blank:has-text('The trash is empty')");

        assertThat(app.as("bob").get("/api/trash").json().path("total").asInt()).isZero();
    }

    @Test
    void a_pinned_conversation_comes_first_and_stays_there() {
        var chat = conversations("cleo", "Old one", "New one");
        chat.page().click("li.row a:has-text('Old one')");

        choose(chat, "Pin");

        awaitRows(chat, "Old one", "New one");
        chat.sees("h3:has-text('Pinned')").page().reload();
        awaitRows(chat, "Old one", "New one");
        choose(chat, "Unpin");
        awaitRows(chat, "New one", "Old one");
    }

    @Test
    void an_archived_conversation_is_in_the_archive_and_not_in_the_list() {
        var chat = conversations("dora", "Done with", "Letters");
        chat.page().click("li.row a:has-text('Done with')");

        choose(chat, "Archive").sees(".toast:has-text('is in the archive')");

        awaitRows(chat, "Letters");
        chat.click("[popovertarget=me-menu]").click("#me-menu >> text=Archive").click(".thing >> text=Take out of the archive");
        awaitRows(chat, "Letters", "Done with");
    }

    @Test
    void tags_stand_at_a_conversation_and_lead_to_others_that_have_them() {
        var chat = conversations("eve", "Sourdough", "Letters");
        app.as("eve").post("/api/conversations", "{\"title\":\"Rye\",\"model_name\":\"m\"}");
        chat.page().click("li.row a:has-text('Sourdough')");
        choose(chat, "Tags").sees("dialog [name=tags]").type("bread, , kitchen,bread").press("Enter");

        chat.click(".top-tags >> text=bread");

        awaitRows(chat, "Sourdough");
        assertThat((List<?>) chat.page().evaluate("() => [...document.querySelectorAll('.top-tags button')].map(each => each.innerText)"))
                .isEqualTo(List.of("bread", "kitchen"));
        chat.click(".filter button").page().waitForFunction("() => document.querySelectorAll('li.row').length === 3");
    }

    @Test
    void several_are_chosen_thrown_away_together_and_taken_back() {
        var finn = visitors.as("finn");
        for (var title : List.of("One", "Two", "Three")) {
            app.as("finn").post("/api/conversations", "{\"title\":\"" + title + "\",\"model_name\":\"m\"}");
            app.clock().advance(Duration.ofMinutes(1));
        }
        var chat = ChatWindow.of(finn.open("/")).sees("li.row a");
        chat.click("[popovertarget=me-menu]").click("#me-menu >> text=Choose several").click(".choosing:has-text('One')").click(
                ".choosing:has-text('Three')").sees(".selection:has-text('2 chosen')");
        finn.keepPictures("several").assertAccessible();

        chat.click("[aria-label='Throw them away']");

        awaitRows(chat, "Two");
        assertThat(app.as("finn").get("/api/trash").json().path("total").asInt()).isEqualTo(2);
        chat.click(".toast button:has-text('Undo')");
        awaitRows(chat, "Three", "Two", "One");
        chat.click("[popovertarget=me-menu]").click("#me-menu >> text=Choose several").sees(".choosing").press("Escape");
        awaitRows(chat, "Three", "Two", "One");
    }

    @Test
    void several_are_filed_under_a_tag_and_taken_from_it() {
        var chat = conversations("gus", "Rye", "Wheat", "Letters");
        choose(chat, List.of("Rye", "Wheat")).click("[aria-label='Tag them']").sees("dialog [name=tag]").type("bread").press("Enter");
        chat.sees(".toast:has-text('2 conversations have the tag “bread”')");
        chat.page().waitForFunction("() => document.querySelectorAll('li.row .tag').length === 2");

        choose(chat, List.of("Rye")).click("[aria-label='Tag them']").sees("dialog [name=tag]").type("bread")
                .click("dialog >> text=Remove it");

        chat.page().waitForFunction("() => document.querySelectorAll('li.row .tag').length === 1");
        assertThat(app.as("gus").get("/api/conversations?tag=bread").json().path("total").asInt()).isEqualTo(1);
    }

    private static ChatWindow choose(ChatWindow chat, List<String> titles) {
        chat.click("[popovertarget=me-menu]").click("#me-menu >> text=Choose several");
        titles.forEach(title -> chat.click(".choosing:has-text('" + title + "')"));
        return chat;
    }

    private ChatWindow conversations(String name, String... titles) {
        for (var title : titles) {
            app.as(name).post("/api/conversations", "{\"title\":\"" + title + "\",\"model_name\":\"m\"}");
            app.clock().advance(Duration.ofMinutes(1));
        }
        return ChatWindow.of(visitors.as(name).open("/")).sees("li.row a");
    }

    private static ChatWindow choose(ChatWindow chat, String item) {
        return chat.click("header [popovertarget=chat-menu]").click("#chat-menu >> text='" + item + "'");
    }

    private static void awaitRows(ChatWindow chat, String... titles) {
        chat.page().waitForFunction("titles => JSON.stringify((" + ROWS + ")()) === JSON.stringify(titles)", List.of(titles));
    }
}

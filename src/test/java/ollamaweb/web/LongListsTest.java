package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chat of 5,000 messages and a library of 10,000 conversations: found, opened, scrolled, with little of it in the document. */
@Tag("browser")
class LongListsTest {

    private static final int MESSAGES = 5_000;
    private static final int CONVERSATIONS = 10_000;
    private static final int MANY_ELEMENTS = 80;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String AWAIT_INDEX = """
            async patience => {
                for (const end = Date.now() + patience; Date.now() < end; await new Promise(done => setTimeout(done, 50))) {
                    const answer = await fetch('/api/chat/search', {
                        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({query: 'Question number 2467'})});
                    if ((await answer.json()).length > 0) {
                        return true;
                    }
                }
                return false;
            }""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    private long longChat;

    @BeforeEach
    void seed() {
        long user = app.as("ada").get("/api/config/get").json().path("user_id").asLong();
        try (var connection = TestDatabase.connect(app.database())) {
            var statement = connection.createStatement();
            var known = statement.executeQuery("SELECT max(id) FROM conversations WHERE title = 'The long one'");
            longChat = known.next() ? known.getLong(1) : 0;
            if (longChat > 0) {
                return;
            }
            connection.setAutoCommit(false);
            statement.execute("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO conversations (user_id, title, title_folded, model_name, created_at, updated_at)
                    SELECT %d, 'Conversation ' || i, 'conversation ' || i, 'm', strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', '2026-01-04', '-' || i || ' minutes'),
                           strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', '2026-01-04', '-' || i || ' minutes') FROM n""".formatted(CONVERSATIONS,
                    user));
            statement.execute("""
                    INSERT INTO conversations (user_id, title, title_folded, model_name, created_at, updated_at)
                    VALUES (%d, 'The long one', 'the long one', 'm', '2026-01-05T09:00:00.000Z', '2026-01-05T09:00:00.000Z')"""
                    .formatted(user));
            var made = statement.executeQuery("SELECT max(id) FROM conversations");
            longChat = made.next() ? made.getLong(1) : 0;
            statement.execute("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO messages (conversation_id, role, content, status, created_at)
                    SELECT %d, CASE i %% 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
                           CASE i %% 2 WHEN 1 THEN 'Question number ' || i ELSE 'Answer number ' || i || char(10) || char(10)
                               || substr(replace(hex(zeroblob(400)), '0', 'word '), 1, 60 + (i * 37) %% 1900) END,
                           'complete', '2026-01-05T09:00:00.000Z' FROM n""".formatted(MESSAGES, longChat));
            for (var joining : Rows.PATHS) {
                statement.execute(joining);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_chat_of_5000_messages_opens_at_its_end_and_scrolls_without_jumps() {
        var ada = visitors.as("ada").open("/");
        var chat = ChatWindow.of(ada).sees("li.row a");
        var millis = ada.page().evaluate("""
                async id => {
                    const start = performance.now();
                    document.querySelector(`a[href="/c/${id}"]`).click();
                    while (![...document.querySelectorAll('ow-message')].some(each => each.textContent.includes('Answer number 5000'))) {
                        await new Promise(requestAnimationFrame);
                    }
                    return Math.round(performance.now() - start);
                }""", String.valueOf(longChat));
        System.out.println("page: a chat of 5,000 messages opened in " + millis + " ms");
        assertThat(chat.messages()).isLessThan(MANY_ELEMENTS);

        ada.page().mouse().move(700, 300);
        ada.page().evaluate("""
                () => {
                    window.jumps = [];
                    let before = null;
                    const look = () => {
                        const first = [...document.querySelectorAll('ow-message')].find(each => each.getBoundingClientRect().bottom > 60);
                        const now = first && {id: first.dataset.id, top: first.getBoundingClientRect().top};
                        if (before && now && before.id === now.id && now.top < before.top - 1) {
                            window.jumps.push(now.top - before.top);
                        }
                        before = now;
                        requestAnimationFrame(look);
                    };
                    look();
                }""");
        for (int i = 0; i < 60; i++) {
            ada.page().mouse().wheel(0, -200);
        }
        chat.sees(".to-end");
        ada.page().waitForFunction(
                "() => ![...document.querySelectorAll('ow-message')].some(each => each.textContent.includes('number 5000'))");

        assertThat((java.util.List<?>) ada.page().evaluate("() => window.jumps")).as("nothing moved against the reader").isEmpty();
        assertThat(chat.messages()).isLessThan(MANY_ELEMENTS);
    }

    @Test
    void search_finds_a_message_deep_in_it_and_goes_there() {
        var ada = visitors.as("ada").open("/");
        assertThat(ada.page().evaluate(AWAIT_INDEX, PATIENCE_MILLIS)).as("indexed").isEqualTo(true);
        var chat = ChatWindow.of(ada).press("Control+k").type("Question number 2467");
        ada.page().waitForSelector(".option:has-text('Question number 2467')");
        chat.press("Enter");

        ada.page().waitForFunction("() => document.activeElement.innerText?.trim() === 'Question number 2467'");
        assertThat(ada.page().url()).contains("/c/" + longChat + "#m");
        assertThat(ada.page().evaluate("""
                () => { const at = document.activeElement.getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"""))
                .isEqualTo(true);
        assertThat(chat.messages()).isLessThan(MANY_ELEMENTS);
    }

    @Test
    void ten_thousand_conversations_are_loaded_as_one_looks() {
        var ada = visitors.as("ada").open("/");
        ChatWindow.of(ada).sees("li.row a");
        ada.page().setDefaultTimeout(PATIENCE_MILLIS);
        assertThat(ada.page().locator("li.row").count()).isLessThan(MANY_ELEMENTS);

        ada.page().waitForFunction("""
                () => {
                    const list = document.querySelector('ow-conversation-list .list');
                    list.scrollTop = list.scrollHeight;
                    return [...document.querySelectorAll('li.row a')].some(each => each.textContent.includes('Conversation 1000'));
                }""");
        assertThat(ada.page().locator("li.row").count()).isLessThan(MANY_ELEMENTS);
        assertThat(ada.page().getAttribute("li.row >> nth=0", "aria-setsize")).isEqualTo(String.valueOf(CONVERSATIONS + 1));
    }
}

package ollamaweb.conversations;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of conversations: its order, its pages, its search. */
class ConversationListTest {

    private static final String PATH = "/api/conversations";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_list_is_ordered_by_the_last_change() {
        var ada = app.as("ada");
        long first = titled(ada, "first");
        long second = titled(ada, "second");
        long third = titled(ada, "third");

        ada.put(PATH + "/" + first, "{\"title\":\"first again\"}");

        assertThat(ids(ada, "")).containsExactly(first, third, second);
    }

    @Test
    void the_list_comes_in_pages() {
        var ada = app.as("ada");
        IntStream.rangeClosed(1, 5).forEach(i -> titled(ada, "number " + i));

        assertThat(ids(ada, "?page_size=2")).containsExactly(5L, 4L);
        assertThat(ids(ada, "?page_size=2&page=3")).containsExactly(1L);
        assertThat(ada.get(PATH + "?page_size=2&page=4")).isOk()
                .isJson("{\"conversations\":[],\"total\":5,\"page\":4,\"page_size\":2,\"total_pages\":3}");
        assertThat(ada.get(PATH + "?page=2147483647&page_size=100")).isOk();
        assertThat(ada.get(PATH).json().path("page_size").asInt()).isEqualTo(20);
    }

    @Test
    void an_empty_list_has_no_pages() {
        assertThat(app.as("ada").get(PATH)).isOk()
                .isJson("{\"conversations\":[],\"total\":0,\"page\":1,\"page_size\":20,\"total_pages\":0}");
    }

    @Test
    void a_page_that_cannot_be_is_refused() {
        for (var query : List.of("page=0", "page=-1", "page=one", "page=", "page=1.5")) {
            assertThat(app.as("ada").get(PATH + "?" + query)).isInvalid("query.page");
        }
        for (var query : List.of("page_size=0", "page_size=101", "page_size=99999999999999999999", "page_size=x")) {
            assertThat(app.as("ada").get(PATH + "?" + query)).isInvalid("query.page_size");
        }
    }

    @Test
    void search_finds_a_part_of_the_title_in_any_case() {
        var ada = app.as("ada");
        long tea = titled(ada, "Grüner TEE");
        long road = titled(ada, "Die Straße");
        long city = titled(ada, "İstanbul");
        long wise = titled(ada, "ΣΟΦΟΣΑΝΗΡ");
        long cafe = titled(ada, "Cafe\u0301");

        assertThat(ids(ada, "?search=tee")).containsExactly(tea);
        assertThat(ids(ada, "?search=GRÜN")).containsExactly(tea);
        assertThat(ids(ada, "?search=STRASSE")).containsExactly(road);
        assertThat(ids(ada, "?search=straße")).containsExactly(road);
        assertThat(ids(ada, "?search=İSTANBUL")).containsExactly(city);
        assertThat(ids(ada, "?search=σοφος")).containsExactly(wise);
        assertThat(ids(ada, "?search=CAFÉ")).containsExactly(cafe);
        assertThat(ids(ada, "?search=nothing")).isEmpty();
    }

    @Test
    void search_knows_no_wildcards() {
        var ada = app.as("ada");
        long percent = titled(ada, "100% sure");
        long underscore = titled(ada, "snake_case");
        long quotes = titled(ada, "it's \"quoted\" \\ *");

        assertThat(ids(ada, "?search=%25")).containsExactly(percent);
        assertThat(ids(ada, "?search=_")).containsExactly(underscore);
        assertThat(ids(ada, "?search='")).containsExactly(quotes);
        assertThat(ids(ada, "?search=%22quoted%22%20%5C%20*")).containsExactly(quotes);
        assertThat(ids(ada, "?search=1%25%25")).isEmpty();
    }

    @Test
    void search_pages_and_counts_what_it_found() {
        var ada = app.as("ada");
        titled(ada, "tea 1");
        titled(ada, "coffee");
        titled(ada, "tea 2");

        var found = ada.get(PATH + "?search=tea&page_size=1").json();

        assertThat(found.path("total").asInt()).isEqualTo(2);
        assertThat(found.path("total_pages").asInt()).isEqualTo(2);
        assertThat(ids(ada, "?search=")).hasSize(3);
        assertThat(ada.get(PATH + "?search=" + "x".repeat(201))).isInvalid("query.search");
        assertThat(ada.get(PATH + "?search=a%00b")).isInvalid("query.search");
    }

    @Test
    void a_changed_title_is_found_and_the_old_one_is_not() {
        var ada = app.as("ada");
        long id = titled(ada, "before");

        ada.put(PATH + "/" + id, "{\"title\":\"AFTER\"}");

        assertThat(ids(ada, "?search=after")).containsExactly(id);
        assertThat(ids(ada, "?search=before")).isEmpty();
    }

    private static long titled(Client user, String title) {
        return user.post(PATH, "{\"model_name\":\"tiny\",\"title\":" + Json.write(title) + "}").id();
    }

    private static List<Long> ids(Client user, String query) {
        return user.get(PATH + query).json().path("conversations").findValues("id").stream().map(JsonNode::asLong).toList();
    }
}

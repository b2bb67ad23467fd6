package ollamaweb.export;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Response;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExportApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_json_export_has_the_fields_of_the_contract_in_their_order() {
        app.ollama().model("tiny", say("Hello", "!").evalCount(7));
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"tiny\",\"system_prompt\":\"Be kind.\"}");

        var answer = app.as("ada").get("/api/export/conversations/1/json");

        assertThat(answer).isOk()
                .hasHeader("Content-Type", "application/json;charset=utf-8")
                .hasHeader("Content-Disposition", "attachment; filename=\"conversation_1.json\"");
        assertThat(answer.body()).matches("""
                \\{"id":1,"title":"Hi","model_name":"tiny","system_prompt":"Be kind.","created_at":"TIME","updated_at":"TIME","messages":\\[\
                \\{"role":"user","content":"Hi","tokens_used":null,"created_at":"TIME","id":1,"parent_id":null},\
                \\{"role":"assistant","content":"Hello!","tokens_used":7,"created_at":"TIME",\
                "id":2,"parent_id":1,"model_name":"tiny"[^}]*}],\
                "export_version":"1.0","exported_at":"TIME","current_message_id":2}""".replace("TIME", "2026-01-05T10:00:00\\.\\d{3}Z"));
    }

    @Test
    void a_markdown_export_is_a_readable_page() {
        app.as("ada").post("/api/export/conversations/import", """
                {"title":"Tea","model_name":"hf.co/acme/tiny:Q4_0","system_prompt":"Be ```kind```.\\n\\n- always",
                 "created_at":"2025-11-04T10:00:00Z","updated_at":"2025-11-05T10:00:00Z","messages":[
                 {"role":"user","content":"How *hot*?","created_at":"2025-11-04T10:00:01Z"},
                 {"role":"assistant","content":"80 °C\\n","created_at":"2025-11-04T10:00:02Z"}]}""");

        var answer = app.as("ada").get("/api/export/conversations/1/markdown");

        assertThat(answer).isOk()
                .hasHeader("Content-Type", "text/markdown; charset=utf-8")
                .hasHeader("Content-Disposition", "attachment; filename=\"conversation_1.md\"");
        assertThat(answer.body()).isEqualTo("""
                # Tea

                - Model: hf.co/acme/tiny:Q4_0
                - Created: 2025-11-04T10:00:00.000Z
                - Updated: 2025-11-05T10:00:00.000Z
                - System prompt:

                  ````
                  Be ```kind```.
                 \s
                  - always
                  ````

                ## User · 2025-11-04T10:00:01.000Z

                How *hot*?

                ## Assistant · 2025-11-04T10:00:02.000Z

                80 °C
                """);
    }

    @Test
    void no_content_swallows_what_follows() {
        var contents = List.of("```java\nclass A {", "~~~~\n```\n~~~", "   `````\nx\n```", "- a\n  ```\n  b", "> ```\n> b", "<!-- never",
                "<!-- a\n\n-->\n<!--", "<script>\nlet a", "<pre>\n\nx", "<?php", "<![CDATA[", "<!DOCTYPE", "<div>", "text\n---\n```",
                "a <!-- b", "    ```", "```\ncode\n```");
        long id = app.as("ada").startsConversation("echo");
        app.ollama().model("echo",
                request -> say(request.path("messages").path(request.path("messages").size() - 1).path("content").asText()));
        contents.forEach(content -> app.as("ada").chat("{\"message\":" + Json.write(content) + ",\"conversation_id\":" + id + "}"));

        var page = app.as("ada").get("/api/export/conversations/" + id + "/markdown").body();

        assertThat(headings(page + "\n## End")).filteredOn(heading -> heading.matches("(User|Assistant) · .*|End"))
                .hasSize(2 * contents.size() + 1);
        assertThat(contents).allMatch(content -> page.contains("\n\n" + content + "\n"), "is untouched");
    }

    @Test
    void a_title_is_one_heading_whatever_it_says() {
        for (var title : List.of("two\nlines", "# <b> *x* [y](z) `c` #", "\\ & &lt; my_title _x_ | ~~a~~", "```", "日本語 ![a](b)")) {
            long id = app.as("ada").post("/api/conversations", "{\"model_name\":\"tiny\",\"title\":" + Json.write(title) + "}").id();

            var page = app.as("ada").get("/api/export/conversations/" + id + "/markdown").body();

            assertThat(headings(page)).containsExactly(title.replace('\n', ' '));
        }
    }

    @Test
    void an_answer_in_the_making_is_exported_with_what_is_saved() {
        var gate = new Gate();
        app.ollama().model("slow", say("So far").then(hold(gate), say(" and on")));
        try (var stream = app.as("ada").ask("{\"message\":\"Hi\",\"model_name\":\"slow\"}")) {
            stream.next();
            Answer answer;
            do {
                answer = app.as("ada").get("/api/export/conversations/1/json");
                assertThat(answer).isOk();
            } while (!answer.body().contains("\"content\":\"So far\""));
            gate.open();
            stream.rest();
        }
    }

    @Test
    void clients_that_do_not_read_their_export_hold_up_nobody() throws IOException {
        var content = "x".repeat(1_000_000);
        var message = "{\"role\":\"user\",\"content\":\"" + content + "\"}";
        app.as("ada").post("/api/export/conversations/import",
                "{\"model_name\":\"tiny\",\"messages\":[" + String.join(",", Collections.nCopies(15, message)) + "]}");
        var idle = new ArrayList<Response>();
        try {
            for (int i = 0; i < 8; i++) {
                idle.add(app.as("ada").call(app.as("ada").request("/api/export/conversations/1/json")
                        .header("Accept-Encoding", "identity").build()).execute());
            }

            assertThat(app.as("bob").get("/api/conversations")).isOk();
        } finally {
            idle.forEach(Response::close);
        }
    }

    @Test
    void what_is_not_ones_own_cannot_be_exported() {
        long id = app.as("ada").startsConversation("tiny");

        for (var format : List.of("json", "markdown")) {
            assertThat(app.as("bob").get("/api/export/conversations/" + id + "/" + format)).isError(404, "Conversation not found");
            assertThat(app.as("ada").get("/api/export/conversations/99/" + format)).isError(404, "Conversation not found");
            assertThat(app.as("ada").get("/api/export/conversations/one/" + format)).isInvalid("path.id");
            assertThat(app.anonymous().get("/api/export/conversations/" + id + "/" + format)).isError(401, "API key is required");
        }
        assertThat(app.as("bob").get("/api/export/conversations/" + id + "/json").headers().get("Content-Disposition")).isNull();
    }

    private static List<String> headings(String markdown) {
        var headings = new ArrayList<String>();
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                headings.add(TextContentRenderer.builder().build().render(heading));
            }
        });
        return headings;
    }
}

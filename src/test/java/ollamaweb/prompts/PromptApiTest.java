package ollamaweb.prompts;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PromptApiTest {

    private static final int FEWEST_WORDS = 120;
    private static final int MOST_WORDS = 250;

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void there_are_fifteen_templates_and_the_default_comes_first() {
        var answer = app.as("ada").get("/api/prompts/templates");

        assertThat(answer).isOk();
        assertThat(answer.json().path("total").asInt()).isEqualTo(15);
        assertThat(texts("id")).containsExactly("default", "coding_assistant", "creative_writer", "technical_writer",
                "data_analyst", "educator", "business_advisor", "research_assistant", "debugging_expert", "conversationalist",
                "marketing_copywriter", "science_communicator", "philosophy_guide", "content_summarizer", "language_assistant");
    }

    @Test
    void an_id_is_its_name_in_snake_case_but_for_the_default() {
        for (var template : templates()) {
            var name = template.path("name").asText();
            assertThat(template.path("id").asText())
                    .isEqualTo(name.equals("Default Assistant") ? "default" : name.toLowerCase(Locale.ROOT).replace(' ', '_'));
        }
    }

    @Test
    void every_category_has_a_template() {
        assertThat(texts("category")).containsOnly("general", "programming", "creative", "technical", "data", "education", "business",
                "research", "marketing", "science", "philosophy", "productivity", "language");
    }

    @Test
    void a_prompt_is_a_paragraph_that_the_rules_for_system_prompts_leave_as_it_is() {
        for (var template : templates()) {
            var prompt = template.path("prompt").asText();
            assertThat(SystemPrompt.clean(prompt)).isEqualTo(prompt);
            assertThat(prompt.length()).isLessThan(SystemPrompt.MAX_LENGTH);
            assertThat(prompt.split("\\s+").length).as(prompt).isBetween(FEWEST_WORDS, MOST_WORDS);
            assertThat(template.path("description").asText()).isNotBlank();
        }
    }

    @Test
    void they_are_for_those_who_are_signed_in() {
        assertThat(app.anonymous().get("/api/prompts/templates")).isError(401, "API key is required");
    }

    private List<String> texts(String field) {
        return templates().findValuesAsText(field);
    }

    private JsonNode templates() {
        return app.as("ada").get("/api/prompts/templates").json().path("templates");
    }
}

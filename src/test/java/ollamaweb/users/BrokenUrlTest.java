package ollamaweb.users;

import static ollamaweb.testing.Answer.assertThat;

import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that was edited by hand, or is damaged, has a URL that is none. */
class BrokenUrlTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void somebody() {
        ada = app.as("ada");
        Rows.change(app.database(), "UPDATE users SET ollama_url = 'not a url'");
        app.restart(); // what was there before is remembered for a minute
        ada = app.with(ada.token());
    }

    @Test
    void whoever_needs_it_is_told_so() {
        assertThat(ada.get("/api/models/list")).isInvalid("body.ollama_url");
        assertThat(ada.get("/api/models/tiny/info")).isInvalid("body.ollama_url");
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\"}")).isInvalid("body.ollama_url");
        assertThat(ada.get("/api/config/get")).isOk();
    }

    @Test
    void another_one_mends_it() {
        assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"" + app.ollama().url() + "\"}")).isOk();

        assertThat(ada.get("/api/models/list")).isOk();
    }
}

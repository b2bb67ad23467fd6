package ollamaweb.imports.sources.ollamaweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.Told;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OllamaWebFormatTest {

    private static final String MANIFEST = "{\"format\":\"ollama-web\",\"format_version\":1,\"origin\":\"abc\"}";
    private static final OllamaWebFormat FORMAT = new OllamaWebFormat();

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void what_the_server_exports_is_told_again() throws Exception {
        app.ollama().abilities("echo", "completion", "vision");
        var ada = app.as("ada");
        var png = Pictures.png(40_000);
        long image = ada.upload("bread.png", png).id();
        var asked =
                ada.post("/api/chat/stream", "{\"model_name\":\"echo\",\"stream\":false,\"message\":\"Why?\",\"files\":[" + image + "]}");
        long id = asked.json().path("conversation_id").asLong();
        ada.put("/api/conversations/" + id, "{\"title\":\"Bread\",\"archived\":true,\"tags\":[\"food\"],\"system_prompt\":\"Short.\"}");
        ada.post("/api/chat/stream", "{\"model_name\":\"echo\",\"stream\":false,\"message\":\"Else?\",\"parent_id\":null,"
                + "\"conversation_id\":" + id + "}");

        var conversation = Told.by(FORMAT, ImportFile.zip(download(ada))).only();

        var shown = ada.get("/api/conversations/" + id + "?all=true").json();
        assertThat(conversation.id()).endsWith("/" + id).hasSizeGreaterThan(32);
        assertThat(conversation.title() + conversation.systemPrompt() + conversation.modelName() + conversation.tags())
                .isEqualTo("BreadShort.echo[food]");
        assertThat(conversation.archived()).isTrue();
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse(shown.path("created_at").asText()));
        var origin = conversation.id().substring(0, conversation.id().indexOf('/') + 1);
        assertThat(conversation.currentMessageId()).isEqualTo(origin + shown.path("current_message_id").asText());
        assertThat(Told.lines(conversation)).hasSize(4).contains("null > " + origin + shown.at("/messages/2/id").asText() + " user: Else?");
        assertThat(conversation.notes()).isEmpty();
        assertThat(conversation.messages().get(0).files()).extracting(SourceFile::name).containsExactly("bread.png");
        assertThat(conversation.messages().get(1).tokensUsed()).isNotNull();
    }

    @Test
    void files_are_read_where_the_document_says() {
        var told = Told.by(FORMAT, ImportFile.zip("manifest.json", MANIFEST, "files/a.txt", "Rye", "conversations/one.json",
                "{\"id\":7,\"messages\":[{\"id\":1,\"role\":\"user\",\"content\":\"\",\"files\":[{\"name\":\"a.txt\",\"path\":\"files/a.txt\"},"
                        + "{\"name\":\"b\",\"path\":\"files/gone\"},{\"name\":\"c\",\"path\":\"../../etc/passwd\"}]}]}"));

        var conversation = told.only();
        assertThat(conversation.id()).isEqualTo("abc/7");
        assertThat(told.bytes.get(conversation.messages().get(0).files().get(0))).asString(UTF_8).isEqualTo("Rye");
        assertThat(conversation.notes()).containsExactly("2 images or files are not in the export.");
    }

    @Test
    void a_conversation_of_many_long_messages_is_read() throws Exception {
        var random = new byte[500_000];
        new Random(1).nextBytes(random);
        var message = "{\"role\":\"assistant\",\"content\":\"" + HexFormat.of().formatHex(random) + "\"}";

        var told = Told.by(FORMAT, ImportFile.zip("manifest.json", MANIFEST, "conversations/one.json",
                "{\"id\":7,\"messages\":[" + message + ("," + message).repeat(79) + "]}"));

        assertThat(told.only().messages()).hasSize(80);
    }

    @Test
    void a_zip_that_was_packed_anew_in_a_folder_is_read() {
        var told = Told.by(FORMAT,
                ImportFile.zip("my export/conversations/one.json", "{\"messages\":[]}", "my export/manifest.json", MANIFEST));

        assertThat(told.only().messages()).isEmpty();
    }

    @Test
    void a_document_of_one_conversation_has_its_files_in_it() {
        var told = Told.by(FORMAT, ImportFile.of("{\"id\":3,\"title\":\"One\",\"export_version\":\"1.0\",\"messages\":["
                + "{\"id\":1,\"parent_id\":null,\"role\":\"user\",\"content\":\"Hi\",\"files\":[{\"name\":\"n\",\"data\":\"UnllCg==\"}]},"
                + "{\"role\":\"assistant\",\"content\":\"Hello\",\"duration_ms\":5,\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}]}"));

        var conversation = told.only();
        assertThat(conversation.id()).isNull();
        assertThat(Told.lines(conversation)).containsExactly("null > 1 user: Hi", "1 > message 1 assistant: Hello");
        assertThat(told.bytes.get(conversation.messages().get(0).files().get(0))).asString(UTF_8).isEqualTo("Rye\n");
        assertThat(conversation.messages().get(1).durationMs()).isEqualTo(5);
        assertThat(conversation.messages().get(1).toolCalls()).isEqualTo("[{\"function\":{\"name\":\"f\"}}]");
    }

    @Test
    void what_cannot_be_read_is_named_and_keeps_nothing_back() {
        var told = Told.by(FORMAT, ImportFile.zip("manifest.json", MANIFEST, "conversations/a.json", "{\"title\":\"A\",\"messages\":[",
                "conversations/b.json", "{\"title\":\"B\",\"messages\":7}", "conversations/c.json",
                "{\"title\":\"C\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}", "conversations/c.md", "# C"));

        assertThat(told.failures).containsOnlyKeys("conversations/a.json", "B");
        assertThat(told.conversations).hasSize(1);
        assertThat(told.conversations.get(0).notes()).containsExactly("1 entry is no message.");
    }

    @Test
    void what_a_newer_version_has_written_is_refused_with_a_sentence() {
        var told =
                Told.by(FORMAT, ImportFile.zip("manifest.json", MANIFEST.replace(":1", ":2"), "conversations/a.json", "{\"messages\":[]}"));

        assertThat(told.conversations).isEmpty();
        assertThat(told.failures).containsValue("It was exported by a newer version of ollama-web than this one.");
    }

    @Test
    void other_zips_and_documents_are_somebody_elses() {
        assertThat(Told.isOf(FORMAT, ImportFile.zip("manifest.json", "{\"format\":\"other\",\"format_version\":1}"))).isFalse();
        assertThat(Told.isOf(FORMAT, ImportFile.zip("manifest.json", "no JSON"))).isFalse();
        assertThat(Told.isOf(FORMAT, ImportFile.zip("conversations.json", "[]"))).isFalse();
        assertThat(Told.isOf(FORMAT, ImportFile.of("{\"messages\":[]}"))).isFalse();
    }

    private static Path download(Client client) throws Exception {
        try (var answer = client.call(client.request("/api/export/all").build()).execute()) {
            return Files.write(Files.createTempFile("export", ".zip"), answer.body().bytes());
        }
    }
}

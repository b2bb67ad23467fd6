package ollamaweb.export;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with 128 MB of heap gives out what is larger than that. */
@Tag("strain")
class LargeExportTest {

    private static final int MESSAGES = 50_000;
    private static final int CHARACTERS = 3000;

    @TempDir
    private Path folder;

    @Test
    void a_conversation_that_is_larger_than_the_heap_is_exported() throws Exception {
        try (var ollama = ScriptedOllama.start(); var server = ServerProcess.start(folder, ollama.url())) {
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            var ada = server.with("key-of-ada");
            long conversation = ada.startsConversation("tiny");
            fill(conversation);

            for (var format : new String[] {"json", "markdown"}) {
                long bytes = length(ada, "/api/export/conversations/" + conversation + "/" + format);
                assertThat(bytes).as(format).isGreaterThan((long) MESSAGES * CHARACTERS);
            }
            assertThat(unpackedLength(ada)).isGreaterThan(2L * MESSAGES * CHARACTERS);
            assertThat(ada.get("/health")).isOk();
        }
    }

    /** @return how long the files of the whole account are */
    private static long unpackedLength(Client client) throws Exception {
        try (var answer = client.call(client.request("/api/export/all").build()).execute();
                var zip = new ZipInputStream(answer.body().byteStream())) {
            long length = 0;
            while (zip.getNextEntry() != null) {
                length += zip.transferTo(OutputStream.nullOutputStream());
            }
            return length;
        }
    }

    private static long length(Client client, String path) throws Exception {
        try (var answer = client.call(client.request(path).build()).execute()) {
            assertThat(answer.code()).isEqualTo(200);
            long length = 0;
            var chunk = new byte[64 * 1024];
            var in = answer.body().byteStream();
            for (int read; (read = in.read(chunk)) >= 0;) {
                length += read;
            }
            return length;
        }
    }

    /** Not for the search, which would take its time. */
    private void fill(long conversation) {
        var database = folder.resolve("ollama_web.db");
        Rows.change(database, "CREATE TRIGGER not_for_the_search AFTER INSERT ON search_queue BEGIN DELETE FROM search_queue; END");
        Rows.change(database, """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                INSERT INTO messages (conversation_id, role, content) SELECT %d, 'user', hex(zeroblob(%d)) FROM n"""
                .formatted(MESSAGES, conversation, CHARACTERS / 2));
        Rows.joinPaths(database);
    }
}

package ollamaweb.export.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;

/** An export of everything, as its reader unpacks it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Archive(byte[] zip, String fileName, Map<String, byte[]> files) {

    static Archive of(Client client) throws IOException {
        try (var answer = client.call(client.request("/api/export/all").build()).execute()) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
            var disposition = answer.header("Content-Disposition");
            var zip = answer.body().bytes();
            return new Archive(zip, disposition.substring(disposition.indexOf('"') + 1, disposition.length() - 1), unpacked(zip));
        }
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    JsonNode json(String name) {
        return Json.read(text(name), JsonNode.class);
    }

    /** @return the JSON documents of the conversations, in their order */
    List<JsonNode> conversations() {
        return names().stream().filter(name -> name.startsWith("conversations/") && name.endsWith(".json")).map(this::json).toList();
    }

    private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(files.put(entry.getName(), in.readAllBytes())).as(entry.getName()).isNull();
            }
        }
        return files;
    }
}

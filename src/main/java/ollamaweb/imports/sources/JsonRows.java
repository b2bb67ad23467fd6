package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Reads values of a JSON file by where they begin. For files in which the messages of a conversation are anywhere: their places
 * are noted while the file is gone through once, and then they are read conversation by conversation.
 */
public final class JsonRows implements Closeable {

    private static final int BUFFER = 8192;

    private final FileChannel file;
    private final JsonTreeReader trees;

    /** @param trees reads the values */
    public JsonRows(Path path, JsonTreeReader trees) throws IOException {
        this.file = FileChannel.open(path);
        this.trees = trees;
    }

    /**
     * @param position of the first byte of a value, as {@link JsonScanner#position} tells it
     * @throws UnreadableException if it cannot be read
     */
    public JsonNode at(long position) throws IOException {
        file.position(position);
        return trees.read(new JsonScanner(Channels.newInputStream(file), BUFFER).value());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

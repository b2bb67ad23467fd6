package ollamaweb.imports;

import java.io.IOException;
import java.nio.file.Path;

/** Brings in a file for somebody at the console. What is in stays, whatever happens, and comes once. */
public interface FileImport {

    /** What became of the conversations, how many of each. */
    record Sum(int imported, int updated, int unchanged, int failed) {

        static Sum of(Import ended) {
            return new Sum(ended.imported(), ended.updated(), ended.unchanged(), ended.failed());
        }
    }

    /** Is told how far it is. */
    interface Watcher {

        /** So many bytes of the file, of so many, are where the server reads them. */
        void handedOver(long bytes, long total);

        /** So many conversations are done, of how many. */
        void reached(int done, int total);

        /** @param line of a conversation that failed, or of which something was left out */
        void told(String line);
    }

    /**
     * @param dryRun whether nothing is to be written but the report
     * @throws IOException if the file cannot be read, or is of no format that is known; the message is a sentence
     */
    Sum run(Path file, long userId, boolean dryRun, Watcher watcher) throws IOException;
}

package ollamaweb.imports.sources;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Goes through a document with one JSON value in each line, of any length, without holding them. */
final class JsonLines {

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private Line open;

    JsonLines(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** @return the bytes of the next line that is not empty, or null at the end; what is not read of them is passed over */
    InputStream next() throws IOException {
        if (open != null) {
            open.transferTo(OutputStream.nullOutputStream());
        }
        int first = in.read();
        while (first == '\n' || first == '\r' || first == ' ' || first == '\t') {
            first = in.read();
        }
        open = first < 0 ? null : new Line(first);
        return open;
    }

    private final class Line extends InputStream {

        private int next;

        Line(int first) {
            this.next = first;
        }

        @Override
        public int read() throws IOException {
            int current = next;
            next = current < 0 ? -1 : in.read();
            next = next == '\n' ? -1 : next;
            return current;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = 0;
            for (int c = 0; count < length && (c = read()) >= 0; count++) {
                target[offset + count] = (byte) c;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}

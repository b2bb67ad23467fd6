package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection on which a test sends bytes when it likes, as no HTTP library does. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;

    public RawClient(int port) {
        this(port, Duration.ofSeconds(30));
    }

    /** @param patience how long to wait for what the server sends */
    public RawClient(int port, Duration patience) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) patience.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a POST whose body of this length is yet to be sent */
    public static String head(String path, String token, long length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
    }

    /** Sends the text, one byte for each character. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** As {@link #send}, but the server may refuse before it has got everything. */
    public void trySend(String text) {
        try {
            send(text);
        } catch (IOException refused) {
            // The answer is there to be read.
        }
    }

    /** @return whether the server has not yet closed the connection; takes one byte of its answer if there is one */
    public boolean isOpen() throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException open) {
            return true;
        } catch (SocketException reset) {
            return false;
        } finally {
            socket.setSoTimeout(30_000);
        }
    }

    /** Sends the same byte again and again until the server has had enough. */
    public Duration dripUntilRefused(String drop, Duration every) throws Exception {
        long began = System.nanoTime();
        try {
            while (socket.getInputStream().available() == 0) {
                send(drop);
                Thread.sleep(every.toMillis());
            }
        } catch (IOException closed) {
            // That is one way to refuse.
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** @return the status of the answer, or -1 when the connection ends without one */
    public int status() throws IOException {
        var line = new StringBuilder();
        try {
            for (int next; (next = socket.getInputStream().read()) >= 0 && next != '\n';) {
                line.append((char) next);
            }
        } catch (SocketException reset) {
            return -1;
        }
        return line.length() == 0 ? -1 : Integer.parseInt(line.toString().split(" ")[1]);
    }

    /** @return whether the server has said something that was not read yet */
    public boolean hasAnswer() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Says that nothing more will be sent. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads what is there of the answer, after its status line. */
    public void skipAnswer() throws IOException {
        do {
            socket.getInputStream().read(new byte[8192]);
        } while (socket.getInputStream().available() > 0);
    }

    /** @return the rest of the answer, up to where the server closes the connection */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

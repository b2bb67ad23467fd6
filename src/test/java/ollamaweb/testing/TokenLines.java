package ollamaweb.testing;

import java.io.ByteArrayOutputStream;

/** The framed lines of a token run, encoded once and shared by all streams; start(i) is where line i begins. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TokenLines(byte[] bytes, int[] starts) {

    static TokenLines encode(String model, int count) {
        var encoded = new ByteArrayOutputStream();
        var starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            encoded.writeBytes(StreamedChatResponse.frame(OllamaJson.content(model, text(i))));
            starts[i + 1] = encoded.size();
        }
        return new TokenLines(encoded.toByteArray(), starts);
    }

    static String text(int index) {
        return " t" + index;
    }

    int start(int index) {
        return starts[index];
    }
}

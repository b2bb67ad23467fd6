package ollamaweb.export.zip;

import java.io.ByteArrayOutputStream;

/** Puts together the headers of a zip, whose numbers have their lowest byte first. */
final class LittleEndian {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    LittleEndian two(int value) {
        return number(value, 2);
    }

    LittleEndian four(long value) {
        return number(value, 4);
    }

    LittleEndian eight(long value) {
        return number(value, 8);
    }

    LittleEndian bytes(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private LittleEndian number(long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (value >>> 8 * i) & 0xff);
        }
        return this;
    }
}

package ollamaweb.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup says of itself; the last entry of its zip.
 *
 * @param format   of the file; 1
 * @param version  of the program that made it
 * @param madeAt   when the data was as the backup has it
 * @param source   where the data was, without any password
 * @param schema   the number of the newest migration that the data has been through
 * @param files    every other entry
 */
record Manifest(int format, String version, Instant madeAt, String source, String schema, List<Entry> files) {

    Manifest {
        files = files == null ? List.of() : List.copyOf(files);
    }

    static final int FORMAT = 1;
    static final String NAME = "manifest.json";
    /** The data, as an SQLite file whichever database it came from. */
    static final String DATABASE = "database.sqlite";
    static final String SECRET_KEY = "secret";
    static final String JWT_SECRET_KEY = "jwt.secret";
    static final List<String> NAMES = List.of(DATABASE, SECRET_KEY, JWT_SECRET_KEY);

    /**
     * An entry of the zip.
     *
     * @param sha256 of its content, in hexadecimal
     */
    record Entry(String name, long bytes, String sha256) {}
}

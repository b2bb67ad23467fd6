package ollamaweb.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Where a server keeps its data, as its settings name it; each kind of database has one of its own. */
public interface Storage {

    /** Work on the schema. */
    interface MigrationWork {

        /** Changes nothing. */
        MigrationWork NONE = migrations -> {};

        void on(Migrations migrations) throws SQLException, IOException;
    }

    /** As {@link #open(MigrationWork)}, with nothing before. */
    default Database open() throws IOException {
        return open(MigrationWork.NONE);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param before comes before the schema is changed, while nobody else changes it
     * @throws InUseException if a server has it for itself, so that only {@link #openBeside} opens it
     * @throws IOException    if it cannot be opened, or what is in it cannot be used; the message is one line fit for the
     *                     console and names what to change
     */
    Database open(MigrationWork before) throws IOException;

    /**
     * As {@link #open(MigrationWork)}, also while servers use the data. They are not told of what is changed.
     *
     * @throws IOException as {@link #open(MigrationWork)}, or if a server uses the SQLite file whose schema is older
     */
    Database openBeside(MigrationWork before) throws IOException;

    /**
     * Has the schema looked at or migrated by hand, while nobody else does.
     *
     * @throws IOException  as {@link #open(MigrationWork)}, or what the work throws
     * @throws SQLException if a statement fails
     */
    void migrate(MigrationWork work) throws IOException, SQLException;

    /**
     * Brings the schema up to date, and keeps servers off until the connection is closed.
     *
     * @param before as for {@link #open(MigrationWork)}
     * @return the one connection to it, to be closed by the caller
     * @throws IOException  as {@link #open(MigrationWork)}, or if a server uses it
     * @throws SQLException if a statement fails
     */
    SingleConnection connectAlone(MigrationWork before) throws IOException, SQLException;

    /**
     * Connects to read, while servers go on using the data.
     *
     * @return a connection to be closed by the caller
     * @throws IOException  if there is no database, or it cannot be reached; the message is one line fit for the console
     * @throws SQLException if it cannot be read
     */
    SingleConnection connectBeside() throws IOException, SQLException;

    /** @return where files are kept that belong to the data: the folder of the SQLite file, or the working folder */
    Path folder();

    /**
     * Rewrites the data so that nothing is left in its files of what was deleted, where that is more than {@link Database#reclaim}
     * does; no server may use it meanwhile.
     *
     * @throws IOException  as {@link #connectAlone}
     * @throws SQLException if a statement fails
     */
    void rewrite() throws IOException, SQLException;

    /**
     * The secrets that were set and, where this kind of database may keep them, those made once; to be asked for when the
     * database is open.
     *
     * @return none of them null
     * @throws IOException if one cannot be read or made
     */
    Secrets secrets() throws IOException;

    /**
     * As {@link #secrets}, of data that is there, and so are its secrets: none is made.
     *
     * @throws IOException if one is missing or cannot be read; the message is one line
     */
    Secrets keptSecrets() throws IOException;

    /** @return the secrets that were set, null where they were not */
    Secrets configured();

    /** @return the place of the data, for the console; without any password */
    String location();
}

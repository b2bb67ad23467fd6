package ollamaweb.db;

/**
 * How busy a database is at the moment.
 *
 * @param active        connections of the pools that are in use
 * @param idle          connections of the pools that are open and not in use
 * @param awaited       how many callers wait for a connection
 * @param most          how many connections the pools may have
 * @param writesWaiting how many writes wait for their turn
 */
public record DatabaseLoad(int active, int idle, int awaited, int most, int writesWaiting) {}

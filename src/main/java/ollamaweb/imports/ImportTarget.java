package ollamaweb.imports;

/**
 * Whose an import is, and which one.
 *
 * @param serverId the server that reads it
 * @param source   the format of the file
 * @param dryRun   whether nothing is to be written but the report
 */
record ImportTarget(long importId, long userId, long serverId, String source, boolean dryRun) {}

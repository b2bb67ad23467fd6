package ollamaweb.imports;

/**
 * An import that a server reads.
 *
 * @param done how many conversations its report names already, from a run that was broken off
 */
record ImportJob(long id, long userId, long serverId, boolean dryRun, int done) {}

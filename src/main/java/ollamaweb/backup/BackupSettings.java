package ollamaweb.backup;

import java.nio.file.Path;

/**
 * Where backups go.
 *
 * @param folder        for the nightly ones; null: none are made at night
 * @param keep          how many of each kind stay in the folder
 * @param beforeChange whether one is made before the schema changes
 */
public record BackupSettings(Path folder, int keep, boolean beforeChange) {}

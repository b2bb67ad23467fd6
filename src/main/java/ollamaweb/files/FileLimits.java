package ollamaweb.files;

/**
 * @param maxFileBytes    how large a file may be
 * @param maxAccountBytes how large all files of an account may be together
 */
public record FileLimits(long maxFileBytes, long maxAccountBytes) {}

package ollamaweb.imports;

import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import ollamaweb.db.Transaction;

/**
 * What has to be known to take in exports of accounts.
 *
 * @param origins         tells by what exports of an account are known
 * @param settingsChanged told, within the same transaction, of the account whose settings were changed
 */
public record ExportedAccounts(LongFunction<String> origins, BiConsumer<Transaction, Long> settingsChanged) {}

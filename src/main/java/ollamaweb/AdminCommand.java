package ollamaweb;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditLog;
import ollamaweb.auth.AccountAdministration;
import ollamaweb.auth.AccountChange;
import ollamaweb.auth.PasswordLinks;
import ollamaweb.cluster.Peers;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.log.Logs;
import ollamaweb.outbound.UpstreamUrl;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.Profile;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;
import ollamaweb.users.UserFilter;

/**
 * {@code admin}: what admins do with accounts, for whoever has the machine: the first admin, a forgotten password. It works beside
 * running servers, which are told of it as they tell each other (in the table {@code announcements}), and so hear within a second.
 */
final class AdminCommand {

    private static final int LISTED_AT_ONCE = 500;

    private final Settings settings;
    private final Database database;
    private final AccountAdministration administration;
    private final PasswordLinks links;
    private final PrintStream out;

    private AdminCommand(Settings settings, Database database, Peers peers, Clock clock, PrintStream out) throws IOException {
        this.settings = settings;
        this.database = database;
        this.out = out;
        var revoked = new RevokedCredentials();
        PeerNews.tell(peers.announcements(), revoked);
        var audit = new AuditLog(database, clock);
        this.administration = new AccountAdministration(database, revoked, audit, clock);
        this.links = new PasswordLinks(database, new SecretKey(settings.storage().secrets().secretKey()), audit, clock);
    }

    /**
     * @param out where to say what was done
     * @throws IOException if it cannot be done; the message is one line
     */
    static void run(CommandLine line, PrintStream out) throws IOException {
        Logs.chooseProvider();
        var settings = Settings.of(line.settings());
        var clock = Clock.systemUTC();
        try (var database = settings.storage().openBeside(BackupCommand.backups(settings).beforeUpgrade());
                var peers = Peers.open(database, null, clock)) {
            new AdminCommand(settings, database, peers, clock, out).run(line.target(), line.account());
        } catch (ApiException e) {
            throw new IOException(reason(e), e);
        }
    }

    private void run(String action, String account) throws IOException {
        switch (action) {
            case CommandLine.LIST -> list();
            case "create" -> create(account);
            case "promote" -> change(account, AccountChange.ofRole(true), "is an admin");
            case "demote" -> change(account, AccountChange.ofRole(false), "is no admin");
            case "disable" -> change(account, AccountChange.ofState(true), "is disabled, and nothing opens it");
            case "enable" -> change(account, AccountChange.ofState(false), "is enabled");
            default -> printLink(id(account));
        }
    }

    private void list() {
        out.printf("%6s  %-40s  %-8s  %-8s  %s%n", "id", "e-mail", "role", "state", "since");
        var users = database.reader(UserDao.class);
        var page = users.list(UserFilter.NONE, LISTED_AT_ONCE, 0);
        for (long from = LISTED_AT_ONCE; !page.isEmpty(); from += LISTED_AT_ONCE) {
            page.forEach(this::print);
            page = users.list(UserFilter.NONE, LISTED_AT_ONCE, from);
        }
    }

    private void print(User user) {
        out.printf("%6d  %-40s  %-8s  %-8s  %s%n", user.id(), user.email() == null ? "-" : user.email(),
                user.isAdmin() ? "admin" : "user", user.disabled() ? "disabled" : "enabled",
                user.createdAt().toString().substring(0, 10));
    }

    private void create(String email) throws IOException {
        String address;
        try {
            address = EmailAddress.checked(email);
        } catch (IllegalArgumentException e) {
            throw new IOException(email + ": " + e.getMessage(), e);
        }
        var profile = new Profile(address, address.substring(0, address.indexOf('@')), Profile.DEFAULT_TIMEZONE);
        long id = administration.createAdmin(profile, UpstreamUrl.text(settings.ollamaUrl()), Actor.CONSOLE);
        out.println("Account " + id + " (" + address + ") is an admin");
        printLink(id);
    }

    private void change(String account, AccountChange change, String now) throws IOException {
        var user = administration.change(id(account), change, Actor.CONSOLE);
        out.println("Account " + user.id() + (user.email() == null ? "" : " (" + user.email() + ")") + " " + now);
    }

    private void printLink(long id) {
        var link = links.create(id, Actor.CONSOLE);
        out.println("Whoever opens this sets the password of account " + id + ", once, until " + link.expiresAt() + ":");
        out.println(Main.url(settings) + link.url());
    }

    /** @param account an e-mail address, or an id */
    private long id(String account) throws IOException {
        var found = database.read(tx -> account.matches("\\d{1,18}")
                ? tx.dao(UserDao.class).find(Long.parseLong(account)).map(User::id)
                : tx.dao(UserDao.class).findId(EmailAddress.folded(account)));
        return found.orElseThrow(() -> new IOException("there is no account " + account));
    }

    /** @return what it says, as the end of a line at the console */
    static String reason(ApiException e) {
        return e.getMessage().substring(0, 1).toLowerCase(Locale.ROOT) + e.getMessage().substring(1);
    }
}

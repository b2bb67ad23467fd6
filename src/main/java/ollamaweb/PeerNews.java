package ollamaweb;

import java.util.List;
import ollamaweb.auth.Accounts;
import ollamaweb.cluster.Announcements;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelCatalogue;

/** What the servers of one database tell each other of: credentials that were revoked, wrong passwords, lists that are old. */
final class PeerNews {

    private static final String REVOKED = "revoked";
    private static final String MODELS = "models";
    private static final String SIGN_INS = "sign-ins";

    private final Announcements announcements;

    PeerNews(Announcements announcements, RevokedCredentials revoked, ModelCatalogue catalogue, Accounts accounts) {
        this.announcements = announcements;
        revoked.announceBy(names -> announcements.publish(REVOKED, String.join(" ", names)));
        announcements.on(REVOKED, names -> revoked.revokedElsewhere(List.of(names.split(" "))));
        accounts.announceFailuresBy(failures -> announcements.publish(SIGN_INS, failures));
        announcements.on(SIGN_INS, accounts::failuresElsewhere);
        announcements.on(MODELS, userId -> catalogue.forget(Long.parseLong(userId)));
    }

    /** The user's list of models was cleared here. */
    void modelsForgotten(long userId) {
        announcements.publish(MODELS, Long.toString(userId));
    }
}

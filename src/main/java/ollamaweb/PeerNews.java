package ollamaweb;

import java.util.List;
import ollamaweb.cluster.Announcements;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelCatalogue;

/** What the servers of one database tell each other of: credentials that were revoked, lists of models that are out of date. */
final class PeerNews {

    private static final String REVOKED = "revoked";
    private static final String MODELS = "models";

    private final Announcements announcements;

    PeerNews(Announcements announcements, RevokedCredentials revoked, ModelCatalogue catalogue) {
        this.announcements = announcements;
        revoked.announceBy(names -> announcements.publish(REVOKED, String.join(" ", names)));
        announcements.on(REVOKED, names -> revoked.revokedElsewhere(List.of(names.split(" "))));
        announcements.on(MODELS, userId -> catalogue.forget(Long.parseLong(userId)));
    }

    /** The user's list of models was cleared here. */
    void modelsForgotten(long userId) {
        announcements.publish(MODELS, Long.toString(userId));
    }
}

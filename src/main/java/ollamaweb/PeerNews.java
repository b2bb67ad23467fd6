package ollamaweb;

import java.util.List;
import ollamaweb.auth.Accounts;
import ollamaweb.cluster.Announcements;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.limits.DailyTokens;
import ollamaweb.models.ModelCatalogue;
import ollamaweb.models.OllamaUrls;
import ollamaweb.upstreams.UpstreamRoutes;
import ollamaweb.upstreams.Upstreams;
import ollamaweb.users.AccountCache;

/** What the servers of one database tell each other of: credentials that were revoked, wrong passwords, lists, limits and URLs that are old. */
final class PeerNews {

    private static final String REVOKED = "revoked";
    private static final String RESTORED = "restored";
    private static final String MODELS = "models";
    private static final String SIGN_INS = "sign-ins";
    private static final String UPSTREAMS = "upstreams";
    private static final String OLLAMA_URLS = "ollama-urls";
    private static final String TOKEN_LIMITS = "token-limits";
    private static final String EVERYBODY = "*";

    private final Announcements announcements;
    private final ModelCatalogue catalogue;
    private final Upstreams upstreams;

    PeerNews(Announcements announcements, RevokedCredentials revoked, ModelCatalogue catalogue, Upstreams upstreams,
            OllamaUrls urls, Accounts accounts, DailyTokens tokens) {
        this.announcements = announcements;
        this.catalogue = catalogue;
        this.upstreams = upstreams;
        tell(announcements, revoked);
        announcements.on(REVOKED, names -> revoked.revokedElsewhere(List.of(names.split(" "))));
        announcements.on(RESTORED, userId -> revoked.restoredElsewhere(Long.parseLong(userId)));
        accounts.announceFailuresBy(failures -> announcements.publish(SIGN_INS, failures));
        announcements.on(SIGN_INS, accounts::failuresElsewhere);
        share(OLLAMA_URLS, urls.remembered());
        share(TOKEN_LIMITS, tokens.limited());
        announcements.on(MODELS, this::forgetModels);
        announcements.on(UPSTREAMS, userId -> forgetUpstreams(Long.parseLong(userId)));
    }

    private void share(String topic, AccountCache<?> cache) {
        cache.announceBy(userId -> announcements.publish(topic, Long.toString(userId)));
        announcements.on(topic, userId -> cache.forget(Long.parseLong(userId)));
    }

    /** Has the servers told of the credentials that are revoked here. */
    static void tell(Announcements announcements, RevokedCredentials revoked) {
        revoked.announceBy(names -> announcements.publish(REVOKED, String.join(" ", names)));
        revoked.announceRestoredBy(userId -> announcements.publish(RESTORED, Long.toString(userId)));
    }

    /** The user's list of models was cleared here. */
    void modelsForgotten(long userId) {
        announcements.publish(MODELS, Long.toString(userId));
    }

    /** A model was added, deleted or unloaded: nobody's list is right any more. */
    void modelsChanged() {
        catalogue.forgetAll();
        announcements.publish(MODELS, EVERYBODY);
    }

    private void forgetModels(String userId) {
        if (userId.equals(EVERYBODY)) {
            catalogue.forgetAll();
        } else {
            catalogue.forget(Long.parseLong(userId));
        }
    }

    /** The user's upstreams were changed here, or everybody's, see {@link UpstreamRoutes#EVERYBODY}. */
    void upstreamsChanged(long userId) {
        forgetUpstreams(userId);
        announcements.publish(UPSTREAMS, Long.toString(userId));
    }

    private void forgetUpstreams(long userId) {
        if (userId == UpstreamRoutes.EVERYBODY) {
            upstreams.forgetAll();
        } else {
            upstreams.forget(userId);
        }
    }
}

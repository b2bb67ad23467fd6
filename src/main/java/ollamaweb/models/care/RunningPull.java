package ollamaweb.models.care;

import ollamaweb.providers.ModelManager;
import ollamaweb.providers.ModelPull;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.PullProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model that this server has fetched; runs once. */
final class RunningPull {

    private static final Logger log = LoggerFactory.getLogger(RunningPull.class);

    private final FollowedPull followed;
    private final long serverId;
    private final ModelPull call;
    private volatile Pull saved;

    /** @param serverId of this server, when the pull began */
    RunningPull(FollowedPull followed, long serverId, ModelManager manager) {
        this.followed = followed;
        this.serverId = serverId;
        this.saved = followed.now();
        this.call = manager.pull(saved.name(), this::told);
    }

    long id() {
        return followed.now().id();
    }

    long serverId() {
        return serverId;
    }

    FollowedPull followed() {
        return followed;
    }

    /** @return why it failed; null if the model is there */
    String run() {
        try {
            call.run();
            return null;
        } catch (ProviderException e) {
            return e.getMessage();
        } catch (RuntimeException | Error e) {
            log.error("Pull {} failed", id(), e);
            return "An internal server error occurred";
        }
    }

    void cancel() {
        call.cancel();
    }

    /** @return how far it is, or null if that is saved */
    Pull unsaved() {
        var now = followed.now();
        return now.equals(saved) ? null : now;
    }

    /** So far is saved. */
    void saved(Pull now) {
        saved = now;
    }

    private void told(PullProgress progress) {
        var before = followed.now();
        followed.becomes(new Pull(before.id(), before.host(), before.name(), before.status(), progress.status(), progress.completed(),
                progress.total(), null, before.startedAt(), null));
    }
}

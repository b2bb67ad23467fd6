package ollamaweb.chat;

import ollamaweb.http.ApiException;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.ModelTarget;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.turns.Turn;
import ollamaweb.turns.Turns;

/** Has an answer made by the next host, in its own line, where one is not there or does not have the model. */
final class HostChange {

    private final ModelProviders providers;
    private final Turns turns;

    HostChange(ModelProviders providers, Turns turns) {
        this.providers = providers;
        this.turns = turns;
    }

    /**
     * As {@link Generation#make}, at the first host that begins to answer.
     *
     * @param turn at the first of them
     */
    Outcome make(Generation generation, AnswerMaker first, Turn turn) {
        var maker = first;
        var outcome = generation.make(maker, turn);
        while (maker.next() != null && generation.hasNoWord() && canBeMadeElsewhere(outcome, maker.target())) {
            Turn next;
            try {
                next = turns.enter(maker.next().host(), generation.question().userId());
            } catch (ApiException lineIsFull) {
                return outcome;
            }
            maker = maker.next();
            outcome = generation.make(maker, next);
        }
        return outcome;
    }

    private boolean canBeMadeElsewhere(Outcome outcome, ModelTarget target) {
        if (outcome.failure() == null) {
            return false;
        }
        var reason = outcome.failure().reason();
        if (reason == Reason.UNREACHABLE) {
            providers.isAway(target);
        }
        return reason == Reason.UNREACHABLE || reason == Reason.MODEL_NOT_FOUND;
    }
}

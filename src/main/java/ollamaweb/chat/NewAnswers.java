package ollamaweb.chat;

import ollamaweb.http.CurrentUser;
import ollamaweb.models.ModelProviders;

/** Checks what is asked, before anything of it is saved, and makes of it the answer that is to begin. */
final class NewAnswers {

    private final ModelProviders providers;
    private final Abilities abilities;
    private final Attachments attachments;
    private final ContextMeasures measures;
    private final GenerationLimits limits;

    NewAnswers(ModelProviders providers, Abilities abilities, Attachments attachments, ContextMeasures measures, GenerationLimits limits) {
        this.providers = providers;
        this.abilities = abilities;
        this.attachments = attachments;
        this.measures = measures;
        this.limits = limits;
    }

    /** @throws ollamaweb.http.ApiException if the question is refused */
    NewAnswer of(CurrentUser user, ChatDraft draft) {
        abilities.require(user.id(), draft);
        var contextLimits = measures.limits(user.id(), draft);
        var given = attachments.of(user.id(), draft, contextLimits.messages());
        var target = providers.target(user.id(), () -> abilities.model(user.id(), draft));
        return new DraftedAnswer(user, draft, given, contextLimits, limits, attachments, target);
    }

    /**
     * @param maker passes on what a client of another API asks
     * @throws ollamaweb.http.ApiException if it is refused
     */
    NewAnswer of(CurrentUser user, Exchange exchange, AnswerMaker maker) {
        return new ExchangedAnswer(user, exchange, attachments.of(user.id(), exchange), limits, maker);
    }
}

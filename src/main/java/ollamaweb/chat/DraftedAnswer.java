package ollamaweb.chat;

import java.time.Instant;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.models.ModelTarget;

/**
 * The answer that a client of our own API asks for; the model gets to read what the conversation holds.
 *
 * @param files         what comes with the question
 * @param contextLimits how much of the conversation the model gets to read
 * @param target        who answers for the model
 */
record DraftedAnswer(CurrentUser user, ChatDraft draft, Attachments.Given files, ContextLimits contextLimits, GenerationLimits limits,
        Attachments attachments, ModelTarget target) implements NewAnswer {

    @Override
    public Written write(Transaction tx, long serverId, Instant now) {
        var question = Question.ask(tx, user, draft, files, limits, serverId, now);
        if (!target.isFor(question.modelName())) {
            throw ApiException.conflict("The model of the conversation was changed just now, please try again");
        }
        return new Written(question, SentPrompt.of(tx, question, contextLimits, attachments));
    }

    @Override
    public AnswerMaker maker() {
        return AnswerMaker.of(target);
    }
}

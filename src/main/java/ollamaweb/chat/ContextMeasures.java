package ollamaweb.chat;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.config.SettingDao;
import ollamaweb.db.Database;
import ollamaweb.models.ModelCatalogue;
import ollamaweb.providers.ChatOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much a model can have in mind: asked before a question is sent where the account wants it filled, and told afterwards. */
final class ContextMeasures {

    private static final Logger logger = LoggerFactory.getLogger(ContextMeasures.class);
    private static final String NUM_CTX = "num_ctx";

    private final SettingDao settings;
    private final Abilities abilities;
    private final ModelCatalogue catalogue;
    private final int contextMessages;

    /** @param contextMessages how many messages are sent where the account has not said */
    ContextMeasures(Database database, Abilities abilities, ModelCatalogue catalogue, int contextMessages) {
        this.settings = database.reader(SettingDao.class);
        this.abilities = abilities;
        this.catalogue = catalogue;
        this.contextMessages = contextMessages;
    }

    /** May wait for the model's server, for a second, where the account wants as much sent as fits. */
    ContextLimits limits(long userId, ChatDraft draft) {
        var wanted = ContextLimits.Wanted.of(settings, userId, contextMessages);
        if (!wanted.fit()) {
            return ContextLimits.ofMessages(wanted.messages());
        }
        var model = abilities.model(userId, draft);
        return ContextLimits.fitting(model == null ? null : length(catalogue.loaded(userId, model).orElse(null), draft.chatOptions()));
    }

    /** Adds to a model's own ending what its server tells of it. */
    Outcome of(Generation generation, Outcome outcome) {
        var answer = outcome.counts().answer();
        if (!outcome.status().equals(Outcome.COMPLETE)) {
            return outcome;
        }
        var question = generation.question();
        var loaded = loaded(question);
        var length = length(loaded, question.options());
        var digest = loaded == null ? null : loaded.path("digest").asText(null);
        var prompt = generation.prompt();
        return outcome
                .with(new Outcome.Counts(answer, digest, length, prompt.sent(), prompt.leftOut(),
                        prompt.wasCut(answer.promptTokens(), length)));
    }

    /** An answer is complete whether this can be found out or not. */
    private JsonNode loaded(Question question) {
        try {
            return catalogue.loaded(question.userId(), question.modelName()).orElse(null);
        } catch (RuntimeException e) {
            logger.warn("What model {} was loaded with cannot be told", question.modelName(), e);
            return null;
        }
    }

    /** @return in tokens, or null where nobody tells */
    private static Integer length(JsonNode loaded, ChatOptions options) {
        var wanted = options.options().get(NUM_CTX);
        if (loaded != null && loaded.path("context_length").isInt()) {
            int length = loaded.path("context_length").intValue();
            return wanted == null ? (Integer) length : (Integer) Math.min(wanted.intValue(), length);
        }
        return wanted == null ? null : (Integer) wanted.intValue();
    }
}

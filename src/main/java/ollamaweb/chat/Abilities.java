package ollamaweb.chat;

import ollamaweb.config.SettingDao;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.models.ModelCatalogue;

/** Refuses what a model cannot do, before anything is saved. */
final class Abilities {

    static final String LACKS_VISION = "cannot see images";
    private static final String VISION = "vision";

    private final ConversationDao conversations;
    private final SettingDao settings;
    private final ModelCatalogue catalogue;

    Abilities(Database database, ModelCatalogue catalogue) {
        this.conversations = database.reader(ConversationDao.class);
        this.settings = database.reader(SettingDao.class);
        this.catalogue = catalogue;
    }

    /**
     * A model whose abilities nobody tells is asked all the same; its server then says what is wrong. May wait for that
     * server, for 10 seconds at most.
     *
     * @throws ApiException 422 naming the field that the model cannot follow
     */
    void require(long userId, ChatDraft draft) {
        if (draft.chatOptions().wantsThinking()) {
            require(userId, draft, "thinking", "think", "cannot think");
        }
    }

    /** @throws ApiException 422 naming the field that has images, if the model cannot see them */
    void requireVision(long userId, ChatDraft draft, String field) {
        require(userId, draft, VISION, field, LACKS_VISION);
    }

    /** @return whether the model that will be asked sees images; true as well if nobody tells */
    boolean hasVision(long userId, ChatDraft draft) {
        var model = model(userId, draft);
        return model == null || catalogue.can(userId, model, VISION);
    }

    private void require(long userId, ChatDraft draft, String ability, String field, String lack) {
        var model = model(userId, draft);
        if (model != null && !catalogue.can(userId, model, ability)) {
            throw lacking(field, model, lack);
        }
    }

    static ApiException lacking(String field, String model, String lack) {
        return ApiException.invalid(field, "Model '" + model + "' " + lack, "value_error");
    }

    /** @return the model that will be asked, or null if there is none */
    String model(long userId, ChatDraft draft) {
        if (draft.modelName() != null) {
            return draft.modelName();
        }
        return draft.conversationId() == null
                ? settings.findDefaultModel(userId).orElse(null)
                : conversations.find(draft.conversationId(), userId).map(Conversation::modelName).orElse(null);
    }
}

package ollamaweb.models;

import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ModelProvider;

/**
 * Who answers for a model.
 *
 * @param asked what it was asked for by, or null
 * @param model its name there; null where that is the one it was asked for by, whatever it is
 * @param next  who may be asked if this one is not there, or null
 */
public record ModelTarget(ModelSource source, ModelProvider provider, String asked, String model, ModelTarget next) {

    static ModelTarget only(ModelSource source, ModelProvider provider) {
        return new ModelTarget(source, provider, null, null, null);
    }

    /** @return what tells the host from others, for its line */
    public String host() {
        return source.host();
    }

    /** @return whether it is also the one for this model; true wherever all models are at the same place */
    public boolean isFor(String name) {
        return model == null || asked.equals(name);
    }

    /** As {@link ModelProvider#chat}, by the model's name there. */
    public ChatCall chat(ChatRequest request, ChatListener listener) {
        return provider.chat(model == null ? request : new ChatRequest(model, request.messages(), request.options()), listener);
    }
}

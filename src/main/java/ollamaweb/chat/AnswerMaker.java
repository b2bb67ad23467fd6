package ollamaweb.chat;

import ollamaweb.models.ModelTarget;
import ollamaweb.providers.ChatSource;

/**
 * Who makes an answer.
 *
 * @param target where that is
 * @param next   who may make it if nobody is there, or null
 */
public record AnswerMaker(ChatSource source, ModelTarget target, AnswerMaker next) {

    /** @return whoever is asked for an answer of our own there */
    static AnswerMaker of(ModelTarget target) {
        return target == null ? null : new AnswerMaker(target::chat, target, of(target.next()));
    }

    /** @return what tells its line from others */
    String host() {
        return target.host();
    }

    /** @return what people call the server */
    String title() {
        return target.source().title();
    }
}

package ollamaweb.config;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.json.Json;
import ollamaweb.models.OllamaUrls;
import ollamaweb.users.UserDao;

/** {@code /api/config}: a user's Ollama and settings. */
public final class ConfigRoutes implements EndpointGroup {

    private final Database database;
    private final OllamaUrls ollamaUrls;
    private final BiConsumer<Transaction, Long> changed;

    /** @param changed is told, within the same transaction, of the account whose settings were changed */
    public ConfigRoutes(Database database, OllamaUrls ollamaUrls, BiConsumer<Transaction, Long> changed) {
        this.database = database;
        this.ollamaUrls = ollamaUrls;
        this.changed = changed;
    }

    @Override
    public void addEndpoints() {
        path("config", () -> {
            post("save", this::save);
            get("get", this::show);
        });
    }

    record Saved(boolean success, String message) {}

    /** @param settings JSON text, kept as it came */
    record Config(String ollamaUrl, @JsonRawValue String settings, long userId) {}

    private void save(Context ctx) {
        var draft = Input.body(ctx, ConfigDraft.class);
        var ollamaUrl = ollamaUrls.checked(draft.ollamaUrl());
        database.write(CurrentUser.id(ctx), tx -> {
            if (ollamaUrl != null) {
                tx.dao(UserDao.class).updateOllamaUrl(CurrentUser.id(ctx), ollamaUrl);
            }
            if (!draft.settings().isEmpty()) {
                merge(tx, CurrentUser.id(ctx), draft);
                changed.accept(tx, CurrentUser.id(ctx));
            }
            return null;
        });
        if (ollamaUrl != null) {
            ollamaUrls.changed(CurrentUser.id(ctx));
        }
        ctx.json(new Saved(true, "Configuration saved successfully."));
    }

    private void show(Context ctx) {
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var user = tx.dao(UserDao.class).find(userId).orElseThrow(() -> ApiException.unauthorized("Invalid API key"));
            var settings = tx.dao(SettingDao.class).list(userId).stream()
                    .map(setting -> Json.write(setting.key()) + ":" + setting.value())
                    .collect(Collectors.joining(",", "{", "}"));
            return new Config(user.ollamaUrl(), settings, userId);
        }));
    }

    private static void merge(Transaction tx, long userId, ConfigDraft draft) {
        var settings = tx.dao(SettingDao.class);
        draft.settings().forEach((key, value) -> {
            if (value.isNull()) {
                settings.delete(userId, key);
            } else {
                settings.put(userId, key, Json.write(value));
            }
        });
        if (settings.count(userId) > ConfigDraft.MAX_KEYS) {
            throw ApiException.invalid("settings", "at most " + ConfigDraft.MAX_KEYS + " keys can be kept", "value_error");
        }
    }
}

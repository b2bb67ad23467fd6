package ollamaweb.users;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(User.class)
public interface UserDao {

    @SqlQuery("""
        SELECT id, ollama_url, is_admin, created_at
          FROM users
         WHERE id = :id""")
    Optional<User> find(long id);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM users)")
    boolean any();

    /** The first account of a server is its admin. */
    @SqlQuery("""
        INSERT INTO users (ollama_url, is_admin, created_at)
        VALUES (:ollamaUrl, NOT EXISTS (SELECT 1 FROM users), :now)
        RETURNING id""")
    long insert(String ollamaUrl, Instant now);

    @SqlUpdate("UPDATE users SET ollama_url = :ollamaUrl WHERE id = :id")
    boolean updateOllamaUrl(long id, String ollamaUrl);
}

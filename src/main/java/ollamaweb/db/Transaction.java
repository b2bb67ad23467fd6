package ollamaweb.db;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The DAOs of one open transaction; it ends when the function it was given to returns. */
public final class Transaction {

    private final Handle handle;
    private final Map<Class<?>, Object> attached = new HashMap<>();

    /** @param handle with an open transaction */
    public Transaction(Handle handle) {
        this.handle = handle;
    }

    /** @return the DAO, speaking inside this transaction */
    public <D> D dao(Class<D> type) {
        return type.cast(attached.computeIfAbsent(type, handle::attach));
    }
}

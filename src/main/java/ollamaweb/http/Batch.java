package ollamaweb.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import ollamaweb.db.Database;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;

/** The same thing done to many, in steps between which others can write. What fails for one is no reason to leave out the rest. */
public final class Batch {

    /** How many ids a client may name at once. */
    public static final int MAX_IDS = 1000;

    private Batch() {}

    /** Why it was not done to one of them. */
    public record Failed(long id, String detail) {}

    /** @param done to which of them it was done, in the order of the request, as {@code failed} */
    public record Result(List<Long> done, List<Failed> failed) {}

    /** Checks a body's {@code ids}: 1 to 1000 integers. */
    public static Check check(List<Long> ids) {
        return Check.body()
                .required("ids", ids)
                .that(ids == null || !ids.isEmpty(), "ids", "ensure this value has at least 1 items", "value_error.list.min_items")
                .size("ids", ids, MAX_IDS)
                .that(ids == null || !ids.contains(null), "ids", "none is not an allowed value", "type_error.none.not_allowed");
    }

    /**
     * @param ids  each is dealt with once, however often it is named
     * @param work what is done to one of them, a quick write; an {@link ApiException} before it has written anything tells why not
     */
    public static Result run(Database database, List<Long> ids, BiConsumer<Transaction, Long> work) {
        var left = ids.stream().distinct().toList();
        var done = new ArrayList<Long>();
        var failed = new ArrayList<Failed>();
        while (!left.isEmpty()) {
            var now = left;
            var step = database.step(tx -> some(tx, now, work));
            done.addAll(step.done());
            failed.addAll(step.failed());
            left = left.subList(step.done().size() + step.failed().size(), left.size());
        }
        return new Result(done, failed);
    }

    private static Result some(Transaction tx, List<Long> ids, BiConsumer<Transaction, Long> work) {
        var time = new StepTime();
        var step = new Result(new ArrayList<>(), new ArrayList<>());
        for (var each = ids.iterator(); each.hasNext() && (time.isLeft() || isEmpty(step));) {
            long id = each.next();
            try {
                work.accept(tx, id);
                step.done().add(id);
            } catch (ApiException e) {
                step.failed().add(new Failed(id, e.getMessage()));
            }
        }
        return step;
    }

    private static boolean isEmpty(Result step) {
        return step.done().isEmpty() && step.failed().isEmpty();
    }
}

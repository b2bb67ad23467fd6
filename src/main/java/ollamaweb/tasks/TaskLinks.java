package ollamaweb.tasks;

import ollamaweb.db.Transaction;
import ollamaweb.goals.GoalDao;
import ollamaweb.http.ApiException;

/** What a task may hang on: a goal and a parent of the same user, and never on itself. */
final class TaskLinks {

    /** Deep enough for any plan; deleting a parent and checking for cycles walk down and up as many levels. */
    private static final int MAX_LEVELS = 20;

    private final TaskDao tasks;
    private final GoalDao goals;
    private final long userId;

    /** @param tx the transaction that will write, so that no other can tie the knot meanwhile */
    TaskLinks(Transaction tx, long userId) {
        this.tasks = tx.dao(TaskDao.class);
        this.goals = tx.dao(GoalDao.class);
        this.userId = userId;
    }

    /**
     * @return the same task
     * @throws ApiException 422 naming the field
     */
    Task check(Task task) {
        if (task.goalId() != null && !goals.exists(task.goalId(), userId)) {
            throw ApiException.invalid("goal_id", "goal does not exist", "value_error");
        }
        if (task.parentId() != null) {
            checkParent(task.id(), task.parentId());
        }
        return task;
    }

    private void checkParent(long id, long parentId) {
        var lineage = tasks.lineage(parentId, userId);
        if (lineage.isEmpty()) {
            throw invalidParent("task does not exist");
        }
        if (lineage.contains(id)) {
            throw invalidParent("a task cannot be a sub-task of itself");
        }
        if (lineage.size() + tasks.levels(id) > MAX_LEVELS) {
            throw invalidParent("tasks cannot be nested deeper than " + MAX_LEVELS + " levels");
        }
    }

    private static ApiException invalidParent(String msg) {
        return ApiException.invalid("parent_id", msg, "value_error");
    }
}

package ollamaweb.members;

import ollamaweb.http.Check;

/**
 * Body of {@code PATCH /api/conversations/{id}/members/{user_id}}.
 *
 * @param role {@code reader} or {@code writer}
 */
record RoleChange(String role) {

    RoleChange {
        Check.body().required("role", role).oneOf("role", role, "reader", "writer").orThrow();
    }
}

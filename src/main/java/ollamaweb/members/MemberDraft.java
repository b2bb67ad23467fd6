package ollamaweb.members;

import ollamaweb.http.Check;
import ollamaweb.users.EmailAddress;

/**
 * Body of {@code POST /api/conversations/{id}/members}: who is to be a member, by one of the two, and as what.
 *
 * @param role {@code reader} or {@code writer}
 */
record MemberDraft(String email, Long userId, String role) {

    private static final int MAX_EMAIL = 320;

    MemberDraft {
        Check.body()
                .that(email != null || userId != null, "email", "field required", "value_error.missing")
                .that(email == null || userId == null, "user_id", "must not come with email", "value_error")
                .text("email", email, 1, MAX_EMAIL)
                .required("role", role)
                .oneOf("role", role, "reader", "writer")
                .orThrow();
    }

    /** @return the address in the form in which addresses are compared, or null */
    String emailFolded() {
        return EmailAddress.folded(email);
    }
}

package ollamaweb.http;

import io.javalin.security.RouteRole;

/**
 * What a route asks of its caller. A route without a role asks for sign-in, and of an API key that it may look ({@code GET}) or
 * change things (all else), see {@link Scope#anyOf}.
 */
public enum Role implements RouteRole {
    /** Open to everybody who can reach the port. */
    ANYONE,
    /** Signed in, or the bearer of a ticket for this one stream; the handler checks the ticket. */
    TICKET,
    /** For any key, whatever it may do: ending what it opened. */
    ANY_KEY,
    /** Changes nothing, whatever its method. */
    LOOK,
    /** Belongs to asking models. */
    CHAT,
    /** Asks a model: as {@link #CHAT}, and counted against the limits of questions and of tokens. */
    ASK,
    /** For admins: a key has to be made for that. That its account is one the handler checks. */
    ADMIN,
    /** Not counted against any limit: what costs nothing, such as files of the page. */
    UNCOUNTED
}

package ollamaweb.http;

import io.javalin.security.RouteRole;

/** What a route asks of its caller. A route without a role asks for sign-in. */
public enum Role implements RouteRole {
    /** Open to everybody who can reach the port. */
    ANYONE,
    /** Signed in, or the bearer of a ticket for this one stream; the handler checks the ticket. */
    TICKET
}

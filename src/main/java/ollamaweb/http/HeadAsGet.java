package ollamaweb.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets HEAD run as the GET it stands for; Jetty leaves out the body. Javalin by itself answers 200 without asking the
 * handler, even for what does not exist.
 */
final class HeadAsGet extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request.getMethod().equals("HEAD") ? asGet(request) : request, response);
    }

    private static HttpServletRequest asGet(HttpServletRequest head) {
        return new HttpServletRequestWrapper(head) {
            @Override
            public String getMethod() {
                return "GET";
            }
        };
    }
}

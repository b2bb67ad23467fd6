package ollamaweb.web;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks axe-core what on a page somebody could not see, hear or reach. */
final class Axe {

    private static final String SOURCE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String RUN = """
            async () => {
                const {violations} = await axe.run();
                return violations.flatMap(({id, help, nodes}) =>
                    nodes.map(node => `${id}: ${help}\\n  ${node.html}\\n  ${node.failureSummary}`));
            }""";

    private Axe() {}

    /** @return each violation with the element it is about */
    static List<String> violations(Page page) {
        if (!(Boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(source());
        }
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }

    private static String source() {
        try (var in = Axe.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

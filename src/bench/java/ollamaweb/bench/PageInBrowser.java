package ollamaweb.bench;

import com.microsoft.playwright.Page;
import java.io.IOException;

/** What somebody waits for who uses the page with a browser; left out where there is no Chromium. */
final class PageInBrowser implements Scenario {

    private static final int PER_SECOND = 200;
    private static final String SCENARIO = "page";
    private static final String FIRST_PAINT = """
            () => new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')
                .forEach(paint => done(paint.startTime))).observe({type: 'paint', buffered: true}))""";
    private static final String TRANSFERRED = """
            () => ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
                .reduce((sum, entry) => sum + entry.transferSize, 0)""";
    private static final String WATCH_FRAMES = """
            () => {
                window.frames_ = [];
                let last = performance.now();
                const frame = now => {
                    window.frames_.push(now - last);
                    last = now;
                    requestAnimationFrame(frame);
                };
                requestAnimationFrame(frame);
            }""";
    /** Notes the frame after which the first conversation is there, in the page itself: asking it from outside takes time, too. */
    private static final String MARK_SIDEBAR = """
            new MutationObserver((changes, observer) => {
                if (document.querySelector('li.row a')) {
                    observer.disconnect();
                    requestAnimationFrame(() => setTimeout(() => performance.mark('sidebar')));
                }
            }).observe(document, {childList: true, subtree: true});""";
    /** From a press on a link to the frame after which the text is there. */
    private static final String OPEN = """
            ([link, text]) => new Promise(done => {
                const start = performance.now();
                const look = () => document.querySelector('ow-message-list')?.textContent.includes(text)
                    ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
                document.querySelector(link).click();
                look();
            })""";

    @Override
    public void run(Lab lab, Report report) throws IOException {
        if (!PageVisitor.isPossible()) {
            report.skipped(SCENARIO, "all of it", "there is no Chromium; CHROMIUM may say where one is");
            return;
        }
        int messages = lab.number(5_000, 500);
        int conversations = lab.number(10_000, 1_000);
        report.scenario("The page in a browser");
        try (var server = lab.server(); var visitor = new PageVisitor(server)) {
            firstPaint(lab, report, visitor);
            stream(lab, report, server, visitor);
            longChat(report, server, visitor, messages);
            sidebar(report, server, visitor, conversations);
        }
    }

    private static void firstPaint(Lab lab, Report report, PageVisitor visitor) {
        var unknown = new Samples();
        var known = new Samples();
        long bytes = 0;
        for (int i = 0; i < lab.number(15, 5); i++) {
            try (var context = visitor.context()) {
                var page = context.newPage();
                unknown.add(nanos(paint(page, visitor)));
                page.waitForSelector("#question");
                bytes = Math.max(bytes, (long) number(page.evaluate(TRANSFERRED)));
                known.add(nanos(paint(page, visitor)));
            }
        }
        report.add(new Figure(SCENARIO, "first paint, new visitor, median", "ms", unknown.median(), null, null, "aim: 200"));
        report.add(new Figure(SCENARIO, "first paint, files known, median", "ms", known.median(), null, null, "aim: 200"));
        report.add(new Figure(SCENARIO, "over the wire before the first question", "kB", bytes / 1000.0, null, null, "aim: 400"));
    }

    private static double paint(Page page, PageVisitor visitor) {
        page.navigate(visitor.url("/"));
        return number(page.evaluate(FIRST_PAINT));
    }

    private static void stream(Lab lab, Report report, ServerProcess server, PageVisitor visitor) throws IOException {
        int tokens = PER_SECOND * lab.number(60, 10);
        server.post("/api/config/save", "{\"settings\":{\"default_model\":\"" + new Pace(tokens, PER_SECOND).model() + "\"}}");
        try (var context = visitor.context()) {
            var page = context.newPage();
            page.setDefaultTimeout(120_000);
            page.navigate(visitor.url("/"));
            page.waitForSelector("#question");
            page.evaluate(WATCH_FRAMES);
            page.fill("#question", "Count");
            page.keyboard().press("Enter");
            page.waitForSelector(".answer [data-act=copy]");
            if (page.querySelector(".answer .note") != null) {
                throw new IOException("the answer broke off: " + page.innerText(".answer .note"));
            }
            report.add(new Figure(SCENARIO, PER_SECOND + " tokens/s, frame p99", "ms", frame(page, 0.99), null, null, null));
            report.add(new Figure(SCENARIO, PER_SECOND + " tokens/s, longest frame", "ms", frame(page, 1), null, null, "aim: 50"));
        }
    }

    private static double frame(Page page, double part) {
        return number(
                page.evaluate("part => window.frames_.toSorted((a, b) => a - b)[Math.floor((window.frames_.length - 1) * part)]", part));
    }

    private static void longChat(Report report, ServerProcess server, PageVisitor visitor, int messages) throws IOException {
        var model = Pace.unthrottled(40).model();
        long id = server.post("/api/conversations", "{\"title\":\"Long\",\"model_name\":\"" + model + "\"}").path("id").asLong();
        for (int i = 1; i <= messages / 2; i++) {
            server.post("/api/chat/stream",
                    "{\"stream\":false,\"conversation_id\":" + id + ",\"message\":\"Question " + i + " of many.\"}");
        }
        var times = new Samples();
        for (int i = 0; i < 5; i++) {
            try (var context = visitor.context()) {
                var page = context.newPage();
                page.navigate(visitor.url("/"));
                page.waitForSelector("a[href='/c/" + id + "']");
                var last = "Question " + messages / 2 + " of many.";
                times.add(nanos(number(page.evaluate(OPEN, new String[] {"a[href='/c/" + id + "']", last}))));
            }
        }
        report.add(
                new Figure(SCENARIO, String.format("chat of %,d messages, open", messages), "ms", times.median(), null, null, "aim: 300"));
    }

    private static void sidebar(Report report, ServerProcess server, PageVisitor visitor, int conversations) throws IOException {
        for (int i = 1; i <= conversations; i++) {
            server.post("/api/conversations", "{\"title\":\"Conversation " + i + "\",\"model_name\":\"m\"}");
        }
        var times = new Samples();
        for (int i = 0; i < 5; i++) {
            try (var context = visitor.context()) {
                var page = context.newPage();
                page.navigate(visitor.url("/"));
                page.waitForSelector("#question");
                page.addInitScript(MARK_SIDEBAR);
                page.navigate(visitor.url("/"));
                page.waitForFunction("() => performance.getEntriesByName('sidebar').length > 0");
                times.add(nanos(number(page.evaluate("() => performance.getEntriesByName('sidebar')[0].startTime"))));
            }
        }
        report.add(new Figure(SCENARIO, String.format("%,d conversations, sidebar after reload", conversations), "ms", times.median(), null,
                null, "aim: 300"));
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}

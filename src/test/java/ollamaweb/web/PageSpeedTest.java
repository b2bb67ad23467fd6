package ollamaweb.web;

import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bytes and frames, measured in the browser and printed; what depends on the machine is asserted with a wide margin. */
@Tag("browser")
class PageSpeedTest {

    private static final long MOST_BYTES = 400_000;

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void less_than_400_kilobytes_come_before_the_first_answer() {
        var bytes = new AtomicLong();
        var ada = visitors.as("ada");
        ada.context().onRequestFinished(request -> {
            var sizes = request.sizes();
            bytes.addAndGet(sizes.responseBodySize + sizes.responseHeadersSize);
        });
        ChatWindow.of(ada.open("/")).sees(".suggestions");
        var paint = ada.page().evaluate("() => Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1)");

        System.out.println("page: " + bytes + " bytes before the first question, first paint after " + paint + " ms");
        assertThat(bytes.get()).isBetween(1L, MOST_BYTES);
    }

    @Test
    void a_stream_of_200_tokens_a_second_leaves_time_for_every_frame() {
        app.ollama().installed("m");
        app.ollama().model("m", tokens(3000, 200));
        var bob = visitors.as("bob").open("/");
        var chat = ChatWindow.of(bob).sees(".suggestions");
        bob.page().evaluate("""
                () => {
                    window.frames_ = [];
                    window.busy = 0;
                    new PerformanceObserver(list => list.getEntries().forEach(entry => window.busy += entry.duration)).observe({type: 'longtask'});
                    let last = performance.now();
                    const frame = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame); };
                    requestAnimationFrame(frame);
                }""");

        chat.ask("Count").awaitAnswerWith("t2999").awaitEnd();

        var figures = bob.page().evaluate("""
                () => {
                    const sorted = [...window.frames_].sort((a, b) => a - b);
                    const at = part => Math.round(sorted[Math.floor((sorted.length - 1) * part)]);
                    return `${sorted.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms, in tasks over 50 ms: ${Math.round(window.busy)} ms`;
                }""");
        System.out.println("page: 200 tokens/s for 15 s: " + figures);
        var median = bob.page().evaluate("() => [...window.frames_].sort((a, b) => a - b)[window.frames_.length >> 1]");
        assertThat(((Number) median).doubleValue()).isLessThan(50);
    }
}

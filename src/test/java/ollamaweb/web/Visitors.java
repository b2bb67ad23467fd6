package ollamaweb.web;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.BeforeEachCallback;

/**
 * People who use the page with a real browser:
 * {@code @RegisterExtension final Visitors visitors = new Visitors(app);}, to be registered after the server.
 * A test fails when the browser complained of anything. Where there is no Chromium, the tests of the class are skipped.
 * The class is tagged {@code browser}, so that the short build leaves it out.
 */
final class Visitors implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {

    private final TestApp app;
    private final List<Visitor> present = new ArrayList<>();
    private Browser browser;

    Visitors(TestApp app) {
        this.app = app;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!context.getTags().contains("browser")) {
            throw new IllegalStateException(context.getDisplayName() + " needs @Tag(\"browser\")");
        }
        return Chromium.installed()
                .map(program -> ConditionEvaluationResult.enabled("with " + program))
                .orElse(ConditionEvaluationResult.disabled("there is no Chromium"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser = context.getRoot().getStore(Namespace.GLOBAL)
                .computeIfAbsent(Chromium.class, type -> Chromium.start(), Chromium.class)
                .browser();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var name = context.getRequiredTestClass().getSimpleName() + "." + context.getRequiredTestMethod().getName();
        try {
            if (context.getExecutionException().isPresent()) {
                present.forEach(visitor -> visitor.keepPicture("failed/" + name));
            } else {
                present.forEach(Visitor::assertNoComplaint);
            }
        } finally {
            present.forEach(Visitor::leave);
            present.clear();
        }
    }

    /** @return somebody who was never here, with an English browser on a desktop, in the light theme */
    Visitor stranger() {
        return stranger(new Browser.NewContextOptions());
    }

    /** @return somebody who was never here, with a browser as described */
    Visitor stranger(Browser.NewContextOptions options) {
        if (options.locale == null) {
            options.setLocale("en-GB");
        }
        var visitor = new Visitor(app, browser.newContext(options));
        present.add(visitor);
        return visitor;
    }

    /** @return the somebody of that name whom {@link TestApp#as} knows, signed in by the cookie */
    Visitor as(String name) {
        var visitor = stranger();
        visitor.signInByKey(app.as(name).token());
        return visitor;
    }
}

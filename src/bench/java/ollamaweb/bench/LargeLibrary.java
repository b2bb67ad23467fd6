package ollamaweb.bench;

import java.io.IOException;

/** The list and the searches with very many conversations, beside a hundredth of them; two servers, asked by turns. */
final class LargeLibrary implements Scenario {

    private static final int SMALL_SHARE = 100;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        int messages = lab.options().messages();
        report.scenario(String.format("Library of %,d messages in %,d conversations", messages, messages / 100));
        var small = Seeder.seed(lab, messages / SMALL_SHARE);
        var large = Seeder.seed(lab, messages);
        try (var smallServer = lab.server(small); var largeServer = lab.server(large)) {
            new LibraryComparison("library", "a hundredth of it", smallServer, largeServer, lab, report).run(messages);
        }
    }
}

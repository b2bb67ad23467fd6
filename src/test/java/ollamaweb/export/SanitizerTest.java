package ollamaweb.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {

    private static final String[] PIECES = {
            "<script>", "</script>", "<b>", "</b>", "<a href=\"", "\">", "<!--", "-->", "<?", "<![CDATA[", "<div>\n", "<http://x.y>",
            "<javascript:a>", "[x](javascript:a)", "[x](<javascript:a> 't')", "![x](vbscript:a)", "[x]: javascript:a\n",
            "<a:b>", "[x](file:///a)", "![x](data:image/svg+xml,b)", "[x]: blob:a\n", "https:", "mailto:", "a:", ":", "/", "#", "[x][x]",
            "[x]",
            "[", "](", ")", "]", "!", "`", "``", "```\n", "~~~\n", "\n", "\n\n", "\n> ", "\n- ", "\n    ", "\t", "\\", "&lt;", "&#106;",
            "*", "**", "_", "a", " ", "\"", "'", "(", "javascript:", "data:text/html,", "<p\n", "<", ">", "\r\n", "# ", "\n---\n", "1. "};

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
        <script>alert(1)</script>             ~ &lt;script&gt;alert(1)&lt;/script&gt;
        a <b>bold</b> word                    ~ a &lt;b&gt;bold&lt;/b&gt; word
        <a href="?a=1&b=2">x</a>              ~ &lt;a href="?a=1&amp;b=2"&gt;x&lt;/a&gt;
        <img src=x onerror=alert(1)>          ~ &lt;img src=x onerror=alert(1)&gt;
        <img src=x onerror=alert(1)//         ~ &lt;img src=x onerror=alert(1)//
        <svg/onload=alert(1)>                 ~ &lt;svg/onload=alert(1)>
        <!-- a --> b                          ~ &lt;!-- a --&gt; b
        <!-- never closed                     ~ &lt;!-- never closed
        <?php echo 1 ?>                       ~ &lt;?php echo 1 ?&gt;
        > - <i>deep</i>                       ~ > - &lt;i&gt;deep&lt;/i&gt;
        <a title="`"> `<b>`                   ~ &lt;a title="&#96;"&gt; `<b>`
        <a title="[x](javascript:a)">         ~ &lt;a title="&#91;x&#93;(javascript:a)"&gt;
        [x](javascript:alert(1))              ~ [x]()
        [x](JaVaScRiPt:alert(1))              ~ [x]()
        [x]( javascript:alert%281%29 )        ~ [x]( <> )
        [x](javascript:a "title")             ~ [x](<> "title")
        [x](<javascript:alert(1)>)            ~ [x](<>)
        [x](<java script:a>)                  ~ [x](<>)
        [x](&#106;avascript:a)                ~ [x]()
        [x](&#x6A;avascript&colon;a)          ~ [x]()
        [x](java&Tab;script:a)                ~ [x]()
        [x](java&NewLine;script:a)            ~ [x]()
        [x](&#1;javascript:a)                 ~ [x]()
        [x](javascript\\:a)                   ~ [x]()
        [x](vbscript:a)                       ~ [x]()
        [x](data:text/html;base64,PHM+)       ~ [x]()
        ![x](javascript:a)                    ~ ![x]()
        [![x](javascript:a)](javascript:b)    ~ [![x]()]()
        [](javascript:a)                      ~ []()
        [*x*](javascript:a) y                 ~ [*x*]() y
        [x]: javascript:a                     ~ [x]: <>
        [x]: <javascript:a> 'title'           ~ [x]: <> 'title'
        > [x]: javascript:a                   ~ > [x]: <>
        <javascript:alert(1)>                 ~ &lt;javascript:alert(1)&gt;
        std::vector<std::string> all          ~ std::vector&lt;std::string&gt; all
        <urn:isbn:0451450523>                 ~ &lt;urn:isbn:0451450523&gt;
        [x](file:///etc/passwd)               ~ [x]()
        [x](view-source:https://example.com)  ~ [x]()
        [x](blob:https://example.com/1)       ~ [x]()
        [x](intent://example.com#Intent;end)  ~ [x]()
        [x](ms-msdt:/id)                      ~ [x]()
        [x](feed:javascript:a)                ~ [x]()
        [x](jar:http://example.com!/a)        ~ [x]()
        [x](livescript:a)                     ~ [x]()
        [x](about:blank)                      ~ [x]()
        [x](java\u200bscript:a)           ~ [x]()
        [x](javascript&#58;a)                 ~ [x]()
        [x](javascript&#x3a;a)                ~ [x]()
        [x](%6aavascript:a)                   ~ [x]()
        [x](:javascript)                      ~ [x]()
        ![x](data:text/html;base64,PHM+)      ~ ![x]()
        ![x](data:image/svg+xml;base64,PHN2)  ~ ![x]()
        ![x](data:image/svg+xml,<svg>)        ~ ![x]()
        ![x](data:,a)                         ~ ![x]()
        ![x](DATA:image/png,<b>)              ~ ![x]()
        [x]: data:image/svg+xml;base64,PHN2   ~ [x]: <>
        """)
    void raw_html_becomes_text_and_links_keep_no_target_but_an_allowed_one(String nasty, String harmless) {
        assertThat(Sanitizer.sanitize(nasty)).isEqualTo(harmless);
        assertThat(Sanitizer.sanitize(harmless)).isEqualTo(harmless);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "plain", "1 < 2 > 0 && 3<4", "I <3 you", "\\<b> is escaped", "&lt;b&gt; &amp; &copy;", "tabs\tand\r\nlines\n",
            "`<b>`", "`` <b> ` ``", "a `b\n<i>c` d", "```html\n<script>\n```", "~~~~\n<!--\n~~~\n~~~~\n", "```\n<b> never closed",
            "    <b>indented</b>", "- item\n\n      <b>\n", "> ```\n> <b>\n> ```", "<https://example.com/?a=b>", "<ada@example.com>",
            "[x](https://example.com/javascript:a)", "[x](/javascript \"javascript:\")", "![x](data:image/png;base64,AAAA)",
            "[x](HTTP://EXAMPLE.COM)", "[x](//example.com/a:b)", "[x](mailto:ada@example.com)", "[x](tel:+4930123456)", "[x](#a:b)",
            "[x](?q=a:b)",
            "[x](notes/10:30.md)", "[x](../a.md)", "[x](./a:b)", "[x](a.md \"10:30\")", "![x](images/a.png)", "[x](javascript)", "[x]()",
            "[x](<>)",
            "[x](\\javascript:a)", "![x](data:image/jpeg;base64,/9j/4A==)", "<HTTP://example.com>", "<mailto:ada@example.com>", "<tel:+49>",
            "[x](javascript%3Aalert(1))",
            "[x]: https://example.com\n\n[x]", "`[x](javascript:a)`", "    [x]: javascript:a", "[x] (javascript:a)", "javascript:alert(1)",
            "* * *\n- a\n- b", "a\n===\nb\n---", "| a | b |\n|---|---|\n| 1 | 2 |", "日本語 <3 😀"})
    void what_is_harmless_stays_byte_for_byte(String harmless) {
        assertThat(Sanitizer.sanitize(harmless)).isSameAs(harmless);
    }

    @Test
    void a_line_that_starts_an_html_block_is_no_code_however_it_is_quoted() {
        assertThat(Sanitizer.sanitize("`a\n<script>b</script>\n`")).isEqualTo("`a\n&lt;script>b</script>\n`");
        assertThat(Sanitizer.sanitize("[a](/b '\n<style>\n')")).isEqualTo("[a](/b '\n&lt;style>\n')");
        assertThat(Sanitizer.sanitize("- `a\n\t<!-- `")).isEqualTo("- `a\n\t&lt;!-- `");
        assertThat(Sanitizer.sanitize("`a\n    <div>`")).isEqualTo("`a\n    <div>`");
    }

    @Test
    void a_fence_inside_html_is_code_once_the_html_is_text() {
        assertThat(Sanitizer.sanitize("<div>\n```\n<b>\n```\n</div>")).isEqualTo("&lt;div&gt;\n```\n<b>\n```\n&lt;/div&gt;");
    }

    @Test
    void a_target_on_the_next_line_of_a_quote_is_found() {
        assertThat(Sanitizer.sanitize("> [a\n> ](\n> javascript:b)")).isEqualTo("> [a\n> ](\n> )");
        assertThat(Sanitizer.sanitize("> [a]:\n> javascript:b\n> 'c'")).isEqualTo("> [a]:\n> <>\n> 'c'");
    }

    @Test
    void whatever_is_put_together_comes_out_harmless_and_then_stays() {
        for (int seed = 0; seed < 3000; seed++) {
            var text = composition(new Random(seed));
            var harmless = Sanitizer.sanitize(text);
            assertThat(threatsIn(harmless)).as("seed %d: %s", seed, text).isZero();
            assertThat(Sanitizer.sanitize(harmless)).as("seed %d: %s", seed, text).isSameAs(harmless);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "![", "<", "*", "_", ">", "> ", "`", "``a ", "- ", "[a](", "![a](b", "[a]: b\n", "<a ", "<!--",
            "<![CDATA[", "<b>",
            "<p\n", "`a\n<p\n", "[[a](b)", "![[]()", "*a ", "\\", "~~~\n", "    a\n", "[a]:javascript:b\n\n", "[a]:\n<p>\n", "1. ", "\n",
            "\t"})
    void a_hostile_megabyte_takes_no_time_and_little_stack(String unit) {
        int times = 1_000_000 / unit.length();
        var text = unit.repeat(times / 2) + "x" + new StringBuilder(unit.repeat(times / 2)).reverse().toString().replace('[', ']');

        var harmless = assertTimeout(Duration.ofSeconds(30), () -> Sanitizer.sanitize(text));

        assertThat(Sanitizer.sanitize(harmless)).isSameAs(harmless);
    }

    @Test
    void what_is_nested_beyond_reason_loses_all_its_markup() {
        assertThat(Sanitizer.sanitize(">".repeat(200) + " `<b>` [x](javascript:a)"))
                .isEqualTo(">".repeat(200) + " `&lt;b>` &#91;x](javascript:a)");
    }

    private static String composition(Random random) {
        return IntStream.range(0, 1 + random.nextInt(25))
                .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
                .collect(Collectors.joining());
    }

    /** @return how much raw HTML and how many links to other than the web, mail or phones an ordinary Markdown parser sees */
    private static int threatsIn(String markdown) {
        var count = new int[1];
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlBlock html) {
                count[0]++;
            }

            @Override
            public void visit(HtmlInline html) {
                count[0]++;
            }

            @Override
            public void visit(Link link) {
                check(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                check(image.getDestination());
                visitChildren(image);
            }

            private void check(String destination) {
                count[0] += destination.strip().matches("(?is)(https?|mailto|tel):.*|[^:]*|[^:]*[/?#\\\\].*") ? 0 : 1;
            }
        });
        return count[0];
    }
}

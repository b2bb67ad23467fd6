package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import okhttp3.Headers;
import okhttp3.Request;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServingTest {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?: type=\"importmap\")?>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern INLINE_STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    private static final Site SITE = SiteSource.ofProperty().latest();

    @RegisterExtension
    static final TestApp app = new TestApp();

    /** What came over the wire, not decompressed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Got(int status, Headers headers, byte[] bytes) {

        String text() {
            return new String(bytes, UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "TEXT/HTML;q=0.5"})
    void a_browser_that_asks_for_html_gets_the_page(String accept) {
        var got = get("/", "Accept", accept);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.headers().get("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(got.text()).startsWith("<!doctype html>");
        assertThat(got.headers().get("Vary")).contains("Accept,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/*", "text/html;q=0", "text/html;q=0.0, */*"})
    void a_program_gets_json(String accept) {
        var got = get("/", "Accept", accept);

        assertThat(got.headers().get("Content-Type")).startsWith("application/json");
        assertThat(got.text()).startsWith("{\"name\":\"Ollama Web GUI API\"");
        assertThat(got.headers().get("Vary")).contains("Accept,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/c/17", "/c/17/", "/settings", "/settings/keys", "/tasks", "/goals", "/insights", "/search", "/models",
            "/usage", "/admin", "/trash", "/import", "/share/c2VjcmV0"})
    void a_link_into_the_page_opens_the_page(String path) {
        assertThat(get(path).text()).isEqualTo(get("/", "Accept", "text/html").text());
    }

    @Test
    void everything_that_the_document_asks_for_is_there_and_kept_for_good() {
        var addresses = ADDRESS.matcher(document()).results().map(found -> found.group(1)).toList();

        assertThat(addresses).hasSizeGreaterThan(5).allSatisfy(address -> {
            var got = get(address);
            assertThat(got.status()).as(address).isEqualTo(200);
            assertThat(got.headers().get("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(got.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
        });
    }

    /** What lies in a template is asked for when a script takes it out. */
    @Test
    void the_first_paint_waits_for_no_file_and_competes_with_none() {
        var atOnce = document().replaceAll("(?s)<template [^>]*>.*?</template>", "");

        assertThat(document()).contains("<link rel=\"modulepreload\" href=\"" + SITE.folder() + "/app/main.js\">");
        assertThat(atOnce).doesNotContain("modulepreload", "<script src", "type=\"module\"", "rel=\"stylesheet\"");
    }

    @Test
    void the_first_screen_waits_for_none_of_what_draws_messages() {
        var modules = document().replaceAll("(?s).*<template id=\"modules\">(.*?)</template>.*", "$1");
        var later = document().replaceAll("(?s).*<template id=\"later-modules\">(.*?)</template>.*", "$1");

        assertThat(addresses(modules)).containsOnly(SITE.folder() + "/app/main.js");
        assertThat(addresses(later)).containsOnly(SITE.folder() + "/app/later.js");
        assertThat(text("app/main.js")).contains("class OwSidebar", "class LiveAnswer").doesNotContain("class OwMessageList",
                "class GrowingView");
        assertThat(text("app/later.js")).contains("class OwMessageList", "class GrowingView").doesNotContain("class OwSidebar",
                "class LiveAnswer");
    }

    @Test
    void a_module_that_came_in_the_file_of_another_gives_the_same_at_its_own_address() {
        assertThat(text("app/element.js")).matches("import\\{\\$\\d+ as \\$}from'\\.\\./app/main\\.js';\\nexport const\\{Element}=\\$;\\n");
        assertThat(text("i18n/en.js")).endsWith("export default $.default;\n");
        assertThat(text("lib/lit/index.js")).contains("LitElement", "html", "nothing", "from'../../app/main.js'");
        assertThat(text("archive/ow-archive.js")).contains("from '../app/icons.js'").contains("class OwArchive");
    }

    private static List<String> addresses(String html) {
        return ADDRESS.matcher(html).results().map(found -> found.group(1)).toList();
    }

    private static String text(String path) {
        return new String(SITE.assets().get(path).bytes(), UTF_8);
    }

    @Test
    void every_name_that_modules_import_leads_to_a_script() {
        assertThat(Libraries.importNames().values()).allSatisfy(path -> {
            if (path.endsWith("/")) {
                assertThat(SITE.assets().keySet()).anyMatch(name -> name.startsWith(path));
            } else {
                assertThat(SITE.assets().get(path).type()).startsWith("text/javascript");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/", "/assets/0123456789abcdef/app/main.js", "/assets/{folder}/none.js", "/assets/{folder}/",
            "/assets/{folder}/..%2findex.html", "/assets/{folder}/index.html", "/assets/{folder}/app//main.js"})
    void what_is_not_part_of_the_page_is_not_found(String path) {
        assertThat(get(path.replace("/assets/{folder}", SITE.folder())).status()).isIn(400, 404);
    }

    @Test
    void the_document_is_asked_for_again_and_sent_only_when_it_changed() {
        var first = get("/", "Accept", "text/html");
        var tag = first.headers().get("ETag");

        assertThat(first.headers().get("Cache-Control")).isEqualTo("no-cache");
        for (var known : List.of(tag, "\"other\", " + tag, "*")) {
            var second = get("/", "Accept", "text/html", "If-None-Match", known);
            assertThat(second.status()).isEqualTo(304);
            assertThat(second.bytes()).isEmpty();
            assertThat(second.headers().get("ETag")).isEqualTo(tag);
        }
        assertThat(get("/", "Accept", "text/html", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "app/main.js", "lib/katex/katex.min.js"})
    void texts_are_compressed_for_who_can_unpack_them(String path) throws Exception {
        var address = path.equals("/") ? path : SITE.folder() + "/" + path;

        var packed = get(address, "Accept", "text/html", "Accept-Encoding", "br, gzip");
        var refused = get(address, "Accept", "text/html", "Accept-Encoding", "gzip;q=0, identity");

        assertThat(packed.headers().get("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.headers().get("Vary")).contains("Accept-Encoding");
        assertThat(refused.headers().get("Content-Encoding")).isNull();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).readAllBytes()).isEqualTo(refused.bytes());
    }

    @Test
    void the_policy_lets_nothing_in_but_our_own_files_and_what_the_document_came_with() {
        var got = get("/", "Accept", "text/html");
        var policy = got.headers().get("Content-Security-Policy");

        assertThat(sources(policy, "script-src")).containsExactlyInAnyOrderElementsOf(ownAnd(hashes(got.text(), INLINE_SCRIPT, 4)));
        assertThat(sources(policy, "style-src")).containsExactlyInAnyOrderElementsOf(ownAnd(hashes(got.text(), INLINE_STYLE, 1)));
        assertThat(policy).startsWith("default-src 'none';")
                .contains("img-src 'self' data: blob:;", "connect-src 'self';", "base-uri 'none'",
                        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types lit-html dompurify")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(got.text()).doesNotContainPattern("<[^>]*\\s(on[a-z]+|style)=");
    }

    @Test
    void the_first_paint_waits_for_nothing_but_the_document() {
        assertThat(document()).contains("<style>", "<div class=\"splash\"")
                .doesNotContain("rel=\"stylesheet\"")
                .doesNotContainPattern("<script src=");
    }

    /** @return from where the policy lets something in */
    private static List<String> sources(String policy, String directive) {
        return Stream.of(policy.split("; ?")).filter(part -> part.startsWith(directive + ' '))
                .flatMap(part -> Stream.of(part.split(" ")).skip(1)).toList();
    }

    private static List<String> ownAnd(List<String> hashes) {
        return Stream.concat(Stream.of("'self'"), hashes.stream()).toList();
    }

    private static List<String> hashes(String document, Pattern inline, int count) {
        var hashes = inline.matcher(document).results().map(found -> "'sha256-" + sha256(found.group(1)) + "'").toList();
        assertThat(hashes).hasSize(count);
        return hashes;
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String document() {
        return get("/", "Accept", "text/html").text();
    }

    private static Got get(String path, String... headers) {
        var request = new Request.Builder().url(app.url() + path).headers(Headers.of(headers));
        if (!List.of(headers).contains("Accept-Encoding")) {
            request.header("Accept-Encoding", "identity");
        }
        try (var response = app.anonymous().call(request.build()).execute()) {
            return new Got(response.code(), response.headers(), response.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

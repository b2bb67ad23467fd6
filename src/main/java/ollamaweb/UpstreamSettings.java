package ollamaweb;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import ollamaweb.outbound.UpstreamUrl;
import ollamaweb.upstreams.FixedUpstream;

/** The server's own Ollamas, and the servers for everybody that variables name which OpenAI's and Anthropic's own programs read, too. */
final class UpstreamSettings {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

    private static final int MOST_OLLAMAS = 32;

    private UpstreamSettings() {}

    /** @throws IllegalArgumentException saying what is wrong with one of the URLs, or that there are none or very many */
    static List<HttpUrl> ollamas(List<String> texts) {
        var urls = texts.stream().map(UpstreamUrl::parse).distinct().toList();
        if (urls.isEmpty() || urls.size() > MOST_OLLAMAS) {
            throw new IllegalArgumentException("must list 1 to " + MOST_OLLAMAS + " URLs");
        }
        return urls;
    }

    /** @throws Settings.BadSetting if one of them cannot be used */
    static List<FixedUpstream> of(SettingsReader read) {
        return Stream.of(one(read, "openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1"),
                one(read, "anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "https://api.anthropic.com"))
                .flatMap(Optional::stream).toList();
    }

    /** A key is enough, or a URL: servers in one's own network often ask for no key. */
    private static Optional<FixedUpstream> one(SettingsReader read, String kind, String keyName, String urlName, String usualUrl) {
        var key = read.parsed(keyName, null, UpstreamSettings::key);
        HttpUrl url = read.parsed(urlName, null, UpstreamUrl::parse);
        return key == null && url == null
                ? Optional.empty()
                : Optional.of(new FixedUpstream(kind, kind, url == null ? HttpUrl.get(usualUrl) : url, key));
    }

    private static String key(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException("must have visible ASCII characters only");
        }
        return text;
    }
}

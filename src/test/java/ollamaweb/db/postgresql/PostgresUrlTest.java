package ollamaweb.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    private static final PostgresUrl URL = new PostgresUrl("db.lan:5433", "chat", "ada", "s3cret", Map.of());

    @ParameterizedTest
    @ValueSource(strings = {
            "postgresql://ada:s3cret@db.lan:5433/chat", "postgres://ada:s3cret@db.lan:5433/chat",
            "postgresql+asyncpg://ada:s3cret@db.lan:5433/chat", "jdbc:postgresql://ada:s3cret@db.lan:5433/chat",
            "jdbc:postgresql://db.lan:5433/chat?user=ada&password=s3cret", "postgresql://db.lan:5433/chat?user=ada&password=s3cret"})
    void each_form_names_the_same_database(String url) {
        assertThat(PostgresUrl.isOne(url)).isTrue();
        assertThat(PostgresUrl.parse(url)).isEqualTo(URL);
    }

    @Test
    void what_is_percent_encoded_is_decoded_and_a_plus_is_a_plus() {
        var url = PostgresUrl.parse("postgresql://a%40b:p%2Fw%3A%40%25+%C3%A9@[fd00::1]:5432/my%20chat");

        assertThat(url.user()).isEqualTo("a@b");
        assertThat(url.password()).isEqualTo("p/w:@%+é");
        assertThat(url.name()).isEqualTo("my chat");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://[fd00::1]:5432/my%20chat");
    }

    @Test
    void host_user_and_password_may_be_left_out() {
        assertThat(PostgresUrl.parse("postgresql:///chat")).isEqualTo(new PostgresUrl("localhost", "chat", null, null, Map.of()));
        assertThat(PostgresUrl.parse("postgresql://a.lan,b.lan:5433/chat").hosts()).isEqualTo("a.lan,b.lan:5433");
    }

    @Test
    void parameters_have_the_names_of_the_driver_or_of_other_programs() {
        assertThat(PostgresUrl.parse("postgresql://db/chat?sslmode=require&connect_timeout=3&application_name=me").parameters())
                .isEqualTo(Map.of("sslmode", "require", "connectTimeout", "3", "ApplicationName", "me"));
        assertThat(PostgresUrl.parse("postgresql+asyncpg://db/chat?ssl=require").parameters()).isEqualTo(Map.of("sslmode", "require"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "postgresql:chat", "postgresql://ada:s3cret@db.lan:5433", "postgresql://ada:s3cret@db.lan/",
            "postgresql://ada:s3cret@db lan/chat",
            "postgresql://ada:s3c@ret@db.lan/chat", "postgresql://ada:s3c/ret@db.lan/chat", "postgresql://ada:s3cret%@db.lan/chat",
            "postgresql://ada:s3cret@db.lan:port/chat", "postgresql://ada:s3cret@a:5432,b:65536/chat",
            "postgresql://ada:s3cret@db.lan/chat?sslmode=maybe",
            "postgresql://ada:s3cret@db.lan/chat?socketFactory=x", "postgresql://ada:s3cret@db.lan/chat?connect_timeout=soon"})
    void what_cannot_be_read_is_refused_without_showing_the_password(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> PostgresUrl.parse(url))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3c"));
    }

    @Test
    void its_text_has_no_password() {
        assertThat(URL).hasToString("postgresql://ada@db.lan:5433/chat");
    }
}

package ollamaweb.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncryptionTest {

    private final Encryption encryption = new Encryption(new SecretKey("one"));

    @Test
    void what_is_kept_can_be_read_again_with_the_same_secret_at_the_same_place() {
        var kept = encryption.encrypt("schlüssel", "here");

        assertThat(kept).isNotEqualTo(encryption.encrypt("schlüssel", "here")).doesNotContain("schl");
        assertThat(new Encryption(new SecretKey("one")).decrypt(kept, "here")).contains("schlüssel");
    }

    @Test
    void with_another_secret_elsewhere_or_changed_it_cannot_be_read() {
        var kept = encryption.encrypt("key", "here");
        var changed = kept.substring(0, 20) + (kept.charAt(20) == 'A' ? 'B' : 'A') + kept.substring(21);

        assertThat(new Encryption(new SecretKey("two")).decrypt(kept, "here")).isEmpty();
        assertThat(encryption.decrypt(kept, "there")).isEmpty();
        assertThat(encryption.decrypt(changed, "here")).isEmpty();
        assertThat(encryption.decrypt("?", "here")).isEmpty();
        assertThat(encryption.decrypt("AAAA", "here")).isEmpty();
    }
}

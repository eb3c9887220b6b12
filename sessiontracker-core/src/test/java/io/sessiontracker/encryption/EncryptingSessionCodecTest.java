package io.sessiontracker.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.crypto.spec.SecretKeySpec;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EncryptingSessionCodecTest {

    private static final SessionAddress ADDRESS = new SessionAddress("letter", "ann");
    private static final byte[] KEY_1 = bytes(1);
    private static final byte[] KEY_2 = bytes(2);

    private final JacksonSessionCodec plain = new JacksonSessionCodec();
    private final EncryptingSessionCodec codec = new EncryptingSessionCodec(plain, keys("k1", Map.of("k1", KEY_1)));

    @Test
    void shouldReadWhatItWroteAndShowNothingOfIt() {
        byte[] stored = codec.encode(ADDRESS, letter("a secret"));

        assertThat(decode(codec, stored)).isEqualTo("a secret");
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret", "text");
        assertThat(stored).hasSize(plain.encode(ADDRESS, letter("a secret")).length + 3 + 2 + 12 + 16);
    }

    @Test
    void eachWriteShouldBeAnotherOneOfTheSameState() {
        Set<String> stored = new HashSet<>();
        byte[] first = codec.encode(ADDRESS, letter("same"));
        for (int i = 0; i < 1_000; i++) {
            byte[] next = codec.encode(ADDRESS, letter("same"));
            stored.add(Arrays.toString(next));
            assertThat(codec.isSame(ADDRESS, first, next)).isTrue();
        }

        assertThat(stored).hasSize(1_000);
        assertThat(codec.isSame(ADDRESS, first, codec.encode(ADDRESS, letter("other"))))
                .isFalse();
    }

    @Test
    void noBitShouldBeChangedUnnoticed() {
        byte[] stored = codec.encode(ADDRESS, letter("a secret"));
        for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
            byte[] changed = stored.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThatExceptionOfType(SessionCodecException.class)
                    .as("bit " + bit)
                    .isThrownBy(() -> decode(codec, changed))
                    .withMessageStartingWith("The session letter/ann ");
        }
    }

    @Test
    void noByteShouldBeMissingUnnoticed() {
        byte[] stored = codec.encode(ADDRESS, letter("a secret"));
        for (int length = 0; length < stored.length; length++) {
            byte[] shorter = Arrays.copyOf(stored, length);

            assertThatExceptionOfType(SessionCodecException.class).isThrownBy(() -> decode(codec, shorter));
        }
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> decode(codec, Arrays.copyOf(stored, stored.length + 1)));
    }

    @Test
    void theStateOfAnotherSessionShouldNotBeRead() {
        byte[] stored = codec.encode(ADDRESS, letter("a secret"));
        for (SessionAddress other :
                new SessionAddress[] {new SessionAddress("letter", "ben"), new SessionAddress("card", "ann")}) {
            assertThatExceptionOfType(SessionCodecException.class)
                    .isThrownBy(() -> codec.decode(other, Letter.class, stored))
                    .withMessage("The session " + other
                            + " cannot be decrypted: its bytes were changed, are those of another"
                            + " session, or the key of that id is another one");
        }
    }

    @Test
    void keysShouldBeReplacedOneByOne() {
        byte[] old = codec.encode(ADDRESS, letter("old"));
        var both = new EncryptingSessionCodec(plain, keys("k2", Map.of("k1", KEY_1, "k2", KEY_2)));
        var onlyNew = new EncryptingSessionCodec(plain, keys("k2", Map.of("k2", KEY_2)));

        assertThat(decode(both, old)).isEqualTo("old");
        byte[] rewritten = both.encode(ADDRESS, letter("new"));
        assertThat(decode(onlyNew, rewritten)).isEqualTo("new");
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> decode(onlyNew, old))
                .withMessage(
                        "The session letter/ann is encrypted by the key \"k1\", which is not there; add it again until"
                                + " no session needs it");
        var otherKeyOfThatId = new EncryptingSessionCodec(plain, keys("k1", Map.of("k1", KEY_2)));
        assertThatExceptionOfType(SessionCodecException.class).isThrownBy(() -> decode(otherKeyOfThatId, old));
    }

    @Test
    void whatWasStoredBeforeShouldBeReadWhileThatIsAccepted() {
        byte[] stored = plain.encode(ADDRESS, letter("old"));

        assertThat(decode(codec.acceptingPlain(), stored)).isEqualTo("old");
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> decode(codec, stored))
                .withMessage("The session letter/ann is stored without encryption, which"
                        + " session-tracker.encryption.accept-plain would allow");
    }

    @Test
    void aProcessShouldReadWhatOthersEncryptBeforeItEncryptsItself() {
        var reader = new EncryptingSessionCodec(plain, SessionKeyProvider.of(null, Map.of("k1", KEY_1)));

        assertThat(decode(reader, codec.encode(ADDRESS, letter("new")))).isEqualTo("new");
        byte[] stored = reader.acceptingPlain().encode(ADDRESS, letter("old"));
        assertThat(stored).isEqualTo(plain.encode(ADDRESS, letter("old")));
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> reader.encode(ADDRESS, letter("old")))
                .withMessage("The session letter/ann cannot be encrypted: no key is active");
    }

    @Test
    void aLargeStateShouldBeCompressedFirst() {
        EncryptingSessionCodec compressing = codec.compressingAbove(1_000);
        Letter large = letter("x".repeat(10_000));
        byte[] stored = compressing.encode(ADDRESS, large);

        assertThat(stored).hasSizeLessThan(200);
        assertThat(decode(compressing, stored)).hasSize(10_000);
        assertThat(decode(codec, stored)).hasSize(10_000);
        assertThat(codec.isSame(ADDRESS, stored, codec.encode(ADDRESS, large))).isTrue();
        assertThat(compressing.encode(ADDRESS, letter("x".repeat(900)))).hasSizeGreaterThan(900);
    }

    @Test
    void aKeyShouldBeAsLongAsItMustBeAndStaySecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys("k1", Map.of("k1", new byte[16])))
                .withMessage("The encryption key \"k1\" has 16 bytes; AES-256 needs 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys("k3", Map.of("k1", KEY_1)))
                .withMessage("The active encryption key is \"k3\"; there are [k1]");
        assertThat(new EncryptionKey("k1", new SecretKeySpec(KEY_1, "AES"))).hasToString("EncryptionKey[k1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "key/1", "ключ", "0123456789012345678901234567890123"})
    void anIdShouldBePlainText(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys(id, Map.of(id, KEY_1)))
                .withMessageContaining("id is 1 to 32 ASCII letters");
    }

    @Test
    void aProviderShouldBeAskedForTheKeyOfEachRead() {
        byte[] stored = codec.encode(ADDRESS, letter("old"));
        SessionKeyProvider forgetful = new SessionKeyProvider() {
            @Override
            public Optional<EncryptionKey> activeKey() {
                return Optional.of(new EncryptionKey("k2", new SecretKeySpec(KEY_2, "AES")));
            }

            @Override
            public Optional<EncryptionKey> key(String id) {
                return Optional.empty();
            }

            @Override
            public Collection<EncryptionKey> keys() {
                return List.of();
            }
        };
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> decode(new EncryptingSessionCodec(plain, forgetful), stored))
                .withMessageContaining("the key \"k1\", which is not there");
    }

    private static String decode(EncryptingSessionCodec codec, byte[] stored) {
        return codec.decode(ADDRESS, Letter.class, stored).text;
    }

    private static Letter letter(String text) {
        Letter letter = new Letter("ann");
        letter.text = text;
        return letter;
    }

    private static SessionKeyProvider keys(String active, Map<String, byte[]> keys) {
        return SessionKeyProvider.of(active, keys);
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @SessionType("letter")
    static class Letter extends Session {

        public String text = "";

        Letter(String key) {
            super(key);
        }
    }
}

package io.sessiontracker.encryption;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.BlindIndex;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HashedPropertiesTest {

    private static final SessionAddress ADDRESS = new SessionAddress("letter", "l-1");
    private static final Set<String> HIDDEN = Set.of("email", "phone");
    private static final Map<String, String> PROPERTIES =
            Map.of("email", "ann@example.org", "city", "Oslo", "$operations", "1");
    private static final byte[] KEY_1 = bytes(1);
    private static final byte[] KEY_2 = bytes(2);

    private final BlindIndex index = index("k1", Map.of("k1", KEY_1));

    @Test
    void aValueShouldBeHiddenAndTheOthersNot() {
        Map<String, String> stored = index.hide(ADDRESS, PROPERTIES, HIDDEN);

        assertThat(stored).containsOnlyKeys("email", "$encrypted.email", "city", "$operations");
        assertThat(stored.toString()).doesNotContain("ann", "example").contains("Oslo");
        assertThat(stored.get("email")).hasSize(22);
        assertThat(index.reveal(ADDRESS, stored, HIDDEN)).isEqualTo(PROPERTIES);
    }

    @Test
    void equalValuesShouldHaveTheSameHashAndAnotherEncryption() {
        Map<String, String> stored = index.hide(ADDRESS, PROPERTIES, HIDDEN);
        Map<String, String> again = index.hide(new SessionAddress("letter", "l-2"), PROPERTIES, HIDDEN);

        assertThat(again.get("email"))
                .isEqualTo(stored.get("email"))
                .isIn(index.storedValues("letter", "email", "ann@example.org"));
        assertThat(again.get("$encrypted.email")).isNotEqualTo(stored.get("$encrypted.email"));
    }

    /** Else it would be seen that two of them are equal. */
    @Test
    void theSameValueShouldHaveAnotherHashElsewhere() {
        Set<String> hashes = new HashSet<>();
        for (BlindIndex each : new BlindIndex[] {index, index("k1", Map.of("k1", KEY_2))}) {
            for (String type : new String[] {"letter", "card"}) {
                for (String property : new String[] {"email", "e-mail"}) {
                    hashes.addAll(each.storedValues(type, property, "ann@example.org"));
                }
            }
        }
        assertThat(hashes).hasSize(8);
    }

    @Test
    void eachKeyShouldBeLookedFor() {
        BlindIndex both = index("k2", Map.of("k1", KEY_1, "k2", KEY_2));
        Map<String, String> old = index.hide(ADDRESS, PROPERTIES, HIDDEN);
        Map<String, String> rewritten = both.hide(ADDRESS, both.reveal(ADDRESS, old, HIDDEN), HIDDEN);

        assertThat(both.storedValues("letter", "email", "ann@example.org"))
                .containsExactlyInAnyOrder(old.get("email"), rewritten.get("email"));
        BlindIndex onlyNew = index("k2", Map.of("k2", KEY_2));
        assertThat(onlyNew.reveal(ADDRESS, rewritten, HIDDEN)).isEqualTo(PROPERTIES);
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> onlyNew.reveal(ADDRESS, old, HIDDEN))
                .withMessage("The property \"email\" of the session letter/l-1 is encrypted by the key \"k1\", which is"
                        + " not there; add it again until no session needs it");
    }

    @Test
    void noBitShouldBeChangedUnnoticed() {
        Map<String, String> stored = index.hide(ADDRESS, PROPERTIES, HIDDEN);
        byte[] encrypted = Base64.getDecoder().decode(stored.get("$encrypted.email"));
        for (int bit = 0; bit < encrypted.length * Byte.SIZE; bit++) {
            byte[] changed = encrypted.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(
                    ADDRESS,
                    with(stored, "$encrypted.email", Base64.getEncoder().encodeToString(changed)));
        }
        assertRefused(ADDRESS, with(stored, "$encrypted.email", ""));
        assertRefused(ADDRESS, with(stored, "$encrypted.email", "no Base64"));
    }

    /** So nobody who writes to the store makes a session be found by another value than it has. */
    @Test
    void noValueShouldBeFoundByAnothersHash() {
        Map<String, String> stored = index.hide(ADDRESS, PROPERTIES, HIDDEN);
        Map<String, String> bob = index.hide(ADDRESS, Map.of("email", "bob@example.org"), HIDDEN);

        assertRefused(ADDRESS, with(stored, "email", bob.get("email")));
        assertRefused(ADDRESS, with(stored, "email", "bob@example.org"));
        Map<String, String> withoutHash = new HashMap<>(stored);
        withoutHash.remove("email");
        assertRefused(ADDRESS, withoutHash);
    }

    @Test
    void theValueOfAnotherSessionOrPropertyShouldNotBeRead() {
        Map<String, String> stored = index.hide(ADDRESS, PROPERTIES, HIDDEN);

        assertRefused(new SessionAddress("letter", "l-2"), stored);
        assertRefused(new SessionAddress("card", "l-1"), stored);
        assertRefused(
                ADDRESS, Map.of("phone", stored.get("email"), "$encrypted.phone", stored.get("$encrypted.email")));
    }

    @Test
    void aPlainValueShouldBeReadAndFoundWhileThatIsAccepted() {
        BlindIndex accepting = new HashedProperties(new SessionCipher(keys("k1", Map.of("k1", KEY_1)), true));

        assertThat(accepting.reveal(ADDRESS, PROPERTIES, HIDDEN)).isEqualTo(PROPERTIES);
        assertThat(accepting.storedValues("letter", "email", "ann@example.org"))
                .hasSize(2)
                .contains("ann@example.org");
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> index.reveal(ADDRESS, PROPERTIES, HIDDEN))
                .withMessage("The property \"email\" of the session letter/l-1 is stored without encryption, which"
                        + " session-tracker.encryption.accept-plain would allow");
        assertThat(index.storedValues("letter", "email", "ann@example.org")).hasSize(1);
    }

    private void assertRefused(SessionAddress address, Map<String, String> stored) {
        assertThatExceptionOfType(SessionCodecException.class)
                .as(stored.toString())
                .isThrownBy(() -> index.reveal(address, stored, HIDDEN))
                .withMessageStartingWith("The property \"");
    }

    private static Map<String, String> with(Map<String, String> stored, String name, String value) {
        Map<String, String> changed = new HashMap<>(stored);
        changed.put(name, value);
        return changed;
    }

    private static BlindIndex index(String active, Map<String, byte[]> keys) {
        return new HashedProperties(new SessionCipher(keys(active, keys), false));
    }

    private static SessionKeyProvider keys(String active, Map<String, byte[]> keys) {
        return SessionKeyProvider.of(active, keys);
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.lettuce.core.cluster.SlotHash;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class KeyLayoutTest {

    private static final List<String> KEYS =
            List.of("a", "{", "}", "}{", "{}", "{a}", "a{b}c", "}:r:x", " a ", ":r:", "ä日😀", "x".repeat(512));
    private static final List<String> TYPES = List.of("checkout", "lock", "finished", "r", "f", "d", "0");

    private final KeyLayout layout = new KeyLayout("shop");

    /** What is stored must be found by every later release. */
    @Test
    void shouldNeverChange() {
        SessionAddress address = new SessionAddress("checkout", "order-7");

        assertThat(text(layout.running(address))).isEqualTo("shop:{checkout#218}:r:order-7");
        assertThat(text(layout.finished(address))).isEqualTo("shop:{checkout#218}:f:order-7");
        assertThat(text(layout.tombstones(address))).isEqualTo("shop:{checkout#218}:d:order-7");
    }

    @Test
    void shouldPutAllKeysOfABucketInOneSlot() {
        for (String type : TYPES) {
            for (String key : KEYS) {
                SessionAddress address = new SessionAddress(type, key);
                int slot = SlotHash.getSlot(type + "#" + address.bucket());
                assertThat(keysOf(address))
                        .allSatisfy(bytes -> assertThat(SlotHash.getSlot(bytes)).isEqualTo(slot));
            }
        }
    }

    @Test
    void shouldShareNoKey() {
        Set<String> seen = new HashSet<>();
        for (String namespace : List.of("shop", "shop:", "shop:r", "s")) {
            KeyLayout other = new KeyLayout(namespace);
            for (String type : TYPES) {
                for (String key : KEYS) {
                    SessionAddress address = new SessionAddress(type, key);
                    assertThat(seen.add(text(other.running(address)))).isTrue();
                    assertThat(seen.add(text(other.finished(address)))).isTrue();
                    assertThat(seen.add(text(other.tombstones(address)))).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "{a}",
                "a{",
                "ä",
                "a\n",
                "*",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void shouldRefuseAnInvalidNamespace(String namespace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyLayout(namespace))
                .withMessageContaining("must be 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-d:9", "1234567890123456789012345678901234567890123456789012345678901234"})
    void shouldAcceptANamespace(String namespace) {
        assertThat(text(new KeyLayout(namespace).running(new SessionAddress("t", "k"))))
                .startsWith(namespace + ":{t#");
    }

    @Test
    void shouldRefuseNoNamespace() {
        assertThatNullPointerException().isThrownBy(() -> new KeyLayout(null));
    }

    private List<byte[]> keysOf(SessionAddress address) {
        return List.of(layout.running(address), layout.finished(address), layout.tombstones(address));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

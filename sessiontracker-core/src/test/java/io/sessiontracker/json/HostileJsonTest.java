package io.sessiontracker.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.RandomRuns;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionType;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Stored bytes that somebody changed are read as another state of the same class, or refused with its name. */
class HostileJsonTest {

    private static final SessionAddress ADDRESS = new SessionAddress("order", "ann");
    private static final int CHANGES = 20_000;

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    @Test
    void changedBytesShouldBeReadOrRefused() {
        byte[] stored = codec.encode(ADDRESS, order());
        RandomRuns.check(CHANGES, random -> {
            byte[] changed = stored.clone();
            for (int left = 1 + random.nextInt(6); left > 0; left--) {
                int at = random.nextInt(changed.length);
                changed[at] = random.nextBoolean() ? (byte) random.nextInt(256) : stored[random.nextInt(stored.length)];
            }
            readOrRefuse(changed, "changed bytes");
        });
        for (int length = 0; length < stored.length; length++) {
            byte[] shorter = Arrays.copyOf(stored, length);
            assertThatExceptionOfType(SessionCodecException.class)
                    .isThrownBy(() -> codec.decode(ADDRESS, Order.class, shorter));
        }
    }

    @ParameterizedTest
    @MethodSource
    void hostileTextShouldBeReadOrRefused(String json) {
        readOrRefuse(json.getBytes(StandardCharsets.UTF_8), json.substring(0, Math.min(60, json.length())));
    }

    static List<String> hostileTextShouldBeReadOrRefused() {
        return List.of(
                "[".repeat(1_000_000),
                "{\"a\":".repeat(1_000_000),
                "{\"lines\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"total\":" + "9".repeat(1_000_000) + "}",
                "{\"total\":1e999999999}",
                "{\"price\":1e1000000000}",
                "{\"total\":1,\"total\":2,\"total\":3}",
                "{\"note\":\"" + "\\u0000".repeat(100_000) + "\"}",
                "{\"note\":\"\\ud800\"}",
                "{\"$version\":999999999}",
                "{\"$version\":-1}",
                "{\"lines\":null,\"amounts\":null,\"note\":null}",
                "null",
                "\u0000");
    }

    @Test
    void theJsonShouldNeverNameAClass() {
        byte[] stored = ("{\"@class\":\"java.lang.ProcessBuilder\",\"anything\":[\"java.util.ArrayList\",[1]],"
                        + "\"note\":\"kept\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(ADDRESS, Order.class, stored).note).isEqualTo("kept");
    }

    private void readOrRefuse(byte[] stored, String what) {
        try {
            assertThat(codec.decode(ADDRESS, Order.class, stored).getKey()).isEqualTo("ann");
        } catch (SessionCodecException refused) {
            assertThat(refused).hasMessageStartingWith("The session order/ann cannot be read from JSON");
        } catch (RuntimeException | Error other) {
            throw new AssertionError(what, other);
        }
    }

    private static Order order() {
        Order order = new Order("ann");
        order.total = 42;
        order.price = new BigDecimal("12.50");
        order.note = "a note with \"quotes\"";
        order.lines.addAll(List.of("tea", "salt"));
        order.amounts.put("tea", 2);
        return order;
    }

    @SessionType("order")
    static class Order extends Session {

        public int total;
        public BigDecimal price = BigDecimal.ONE;
        public String note = "";
        public List<String> lines = new ArrayList<>();
        public Map<String, Integer> amounts = new HashMap<>();

        Order(String key) {
            super(key);
        }
    }
}

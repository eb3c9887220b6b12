package io.sessiontracker.benchmarks.candidate;

import java.nio.charset.StandardCharsets;

import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** All candidates store the same JSON, in the size that the report states. */
class SameStateTest {

    private final JsonMapper json = JsonMapper.shared();

    @ParameterizedTest
    @EnumSource
    void shouldStoreTheSameJson(Payload payload) {
        OrderSession session = new OrderSession("key");
        session.cart = payload.cart();

        byte[] tracked = new JacksonSessionCodec().encode(new SessionAddress("order-session", "key"), session);

        assertThat(new String(tracked, StandardCharsets.UTF_8))
                .isEqualTo(json.writeValueAsString(new TemplateCandidate.Order(payload.cart())))
                .contains(json.writeValueAsString(payload.cart()));
        switch (payload) {
            case SMALL -> assertThat(tracked.length).isBetween(440, 470);
            case LARGE -> assertThat(tracked.length).isBetween(15_500, 17_000);
            case HUGE -> assertThat(tracked.length).isBetween(50_000, 53_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSizeOfChangedCart(Payload payload) {
        Cart cart = payload.cart();

        assertThat(json.writeValueAsBytes(cart.withQuantity(7))).hasSameSizeAs(json.writeValueAsBytes(cart));
        assertThat(cart.withQuantity(7)).isNotEqualTo(cart);
    }
}

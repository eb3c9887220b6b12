package io.sessiontracker;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionTest {

    static class Cart extends Session {
        String state = "s3cr3t";

        Cart(String key) {
            super(key);
        }
    }

    static class BigCart extends Cart {
        BigCart(String key) {
            super(key);
        }
    }

    @Test
    void shouldHaveNoIdVersionOrStartBeforeItIsStarted() {
        var cart = new Cart("order-7");

        assertThat(cart.getId()).isEmpty();
        assertThat(cart.getVersion()).isZero();
        assertThatIllegalStateException().isThrownBy(cart::getStartedAt).withMessageContaining("order-7");
    }

    @Test
    void shouldSayWhatIsStored() {
        var cart = started("order-7", "id", 3);

        assertThat(cart.getId()).isEqualTo("id");
        assertThat(cart.getVersion()).isEqualTo(3);
        assertThat(cart.getStartedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldEqualItselfOnlyBeforeItIsStarted() {
        var cart = new Cart("k");
        Session same = cart;

        assertThat(cart.equals(same)).isTrue();
        assertThat(cart).isNotEqualTo(new Cart("k")).isNotEqualTo(started("k", "id", 1));
        assertThat(started("k", "id", 1)).isNotEqualTo(cart).isNotEqualTo(null).isNotEqualTo("k");
    }

    @Test
    void shouldEqualTheSameStartOfTheSameClassWhateverItsVersion() {
        var cart = started("k", "id", 1);
        var big = new BigCart("k");
        SessionInternals.settle(big, "id", 1, Instant.EPOCH, null);

        assertThat(cart)
                .isEqualTo(started("k", "id", 2))
                .hasSameHashCodeAs(started("k", "id", 2))
                .isNotEqualTo(started("k", "other", 1))
                .isNotEqualTo(started("other", "id", 1))
                .isNotEqualTo(big);
        assertThat(big).isNotEqualTo(cart);
    }

    @Test
    void shouldKeepItsHashCodeWhenItIsStarted() {
        var cart = new Cart("k");
        int before = cart.hashCode();

        SessionInternals.settle(cart, "id", 1, Instant.EPOCH, null);

        assertThat(cart.hashCode()).isEqualTo(before);
    }

    @Test
    void shouldPrintTypeKeyIdAndVersionButNoState() {
        var cart = started("order-7", "id", 3);
        cart.getProperties().put("tenant", "s3cr3t");

        assertThat(cart).hasToString("cart/order-7[id=id, version=3]");
        assertThat(new Session("k") {}.toString())
                .startsWith(getClass().getName())
                .contains("/k[");
    }

    @Test
    void shouldRememberAWriteOfUnknownOutcomeUntilTheNextThatIsKnown() {
        var cart = new Cart("k");
        assertThat(SessionInternals.inDoubt(cart)).isNull();

        SessionInternals.inDoubt(cart, "write");
        assertThat(SessionInternals.inDoubt(cart)).isEqualTo("write");

        SessionInternals.settle(cart, "id", 1, Instant.EPOCH, null);
        assertThat(SessionInternals.inDoubt(cart)).isNull();
    }

    private static Cart started(String key, String id, long version) {
        var cart = new Cart(key);
        SessionInternals.settle(cart, id, version, Instant.EPOCH, null);
        return cart;
    }
}

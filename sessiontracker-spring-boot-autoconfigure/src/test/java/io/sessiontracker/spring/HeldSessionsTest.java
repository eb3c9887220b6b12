package io.sessiontracker.spring;

import io.sessiontracker.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A thread keeps nothing of a method that it has left. */
class HeldSessionsTest {

    private final HeldSessions.OfThread thread = new HeldSessions.OfThread();
    private final HeldSessions held =
            new HeldSessions(CartSession.class, "ann", new CartSession("ann"), () -> true, null);

    @Test
    void shouldForgetSessionsAfterMethod() throws Exception {
        assertThat(thread.during(held, thread::get)).isSameAs(held);

        assertThat(thread.get()).isNull();
    }

    @Test
    void shouldForgetSessionsIfMethodThrows() {
        assertThatThrownBy(() -> thread.during(held, () -> {
                    throw new IllegalArgumentException("no such address");
                }))
                .hasMessage("no such address");

        assertThat(thread.get()).isNull();
    }

    static final class CartSession extends Session {
        CartSession(String key) {
            super(key);
        }
    }
}

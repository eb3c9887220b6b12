package io.sessiontracker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What only this store does: it obeys its clock to the millisecond, and drops what is over. */
class InMemorySessionDataProviderTest {

    private static final Lifetimes NEVER = new Lifetimes(0, 0, 0, 0);
    private static final long MINUTE = 60_000;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemorySessionDataProvider store = new InMemorySessionDataProvider(clock);
    private final SessionAddress address = new SessionAddress("checkout", "key");

    @ParameterizedTest
    @ValueSource(longs = {0, MINUTE})
    void shouldBeDueAtTheVeryMillisecond(long retention) {
        start(new Lifetimes(MINUTE, 0, 0, retention));
        clock.advance(Duration.ofMillis(MINUTE - 1));
        assertThat(get()).isInstanceOf(StoreReply.Done.class);

        clock.advance(Duration.ofMillis(1));
        assertThat(get()).isEqualTo(new StoreReply.NotFound());
    }

    @Test
    void shouldSlideToTheVeryMillisecond() {
        start(new Lifetimes(2 * MINUTE, 0, MINUTE, 0));
        clock.advance(Duration.ofMillis(MINUTE - 1));
        assertThat(get()).isInstanceOf(StoreReply.Done.class);
        clock.advance(Duration.ofMillis(MINUTE - 1));
        assertThat(get()).isInstanceOf(StoreReply.Done.class);

        clock.advance(Duration.ofMillis(2));
        assertThat(get()).as("the absolute deadline").isEqualTo(new StoreReply.NotFound());
    }

    @Test
    void shouldAddNoTolerance() {
        start(new Lifetimes(0, 0, MINUTE, 0, MINUTE / 2));
        clock.advance(Duration.ofMillis(MINUTE - 1));
        assertThat(get()).isInstanceOf(StoreReply.Done.class);

        clock.advance(Duration.ofMillis(MINUTE));
        assertThat(get()).isEqualTo(new StoreReply.NotFound());
    }

    @Test
    void shouldKeepASessionThatNeverExpires() {
        start(NEVER);
        clock.advance(Duration.ofDays(36_500));

        assertThat(get()).isInstanceOf(StoreReply.Done.class);
        assertThat(store.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, MINUTE})
    void shouldDropSessionsAfterTheirRetention(long retention) {
        start(new Lifetimes(MINUTE, 0, 0, retention));
        // The cache looks at its entries in steps of about a second.
        clock.advance(Duration.ofMillis(MINUTE + retention - 2000));
        assertThat(store.size()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(4));
        assertThat(store.size()).isZero();
    }

    @Test
    void shouldDropASessionThatIsDueAtOnce() {
        start(new Lifetimes(0, 1, 0, 0));

        assertThat(store.size()).isZero();
    }

    @Test
    void shouldDropTheRecordOfADeleteInTime() {
        start(NEVER);
        store.delete(address, SessionStates.BOTH, null, OperationToken.random(), false);
        assertThat(store.size()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));

        assertThat(store.size()).isZero();
    }

    @Test
    void shouldDropExpiredSessionsInTheBackground() {
        InMemorySessionDataProvider real = new InMemorySessionDataProvider();
        real.start(address, ids(), data(), new Lifetimes(10, 0, 0, 0), OperationToken.random(), false);

        await().atMost(Duration.ofSeconds(60)).until(() -> real.estimatedSize() == 0);
    }

    private void start(Lifetimes lifetimes) {
        StoreReply reply = store.start(address, ids(), data(), lifetimes, OperationToken.random(), false)
                .toCompletableFuture()
                .join();
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
    }

    private StoreReply get() {
        return store.get(address, true).toCompletableFuture().join();
    }

    private static List<String> ids() {
        return List.of("0123456789abcdef");
    }

    private static SessionData data() {
        return new SessionData(Map.of(), new byte[] {1});
    }
}

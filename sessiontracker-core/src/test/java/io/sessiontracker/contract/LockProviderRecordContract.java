package io.sessiontracker.contract;

import java.time.Duration;

import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Extends the {@link SessionDataProviderContract} for a store that records the lock provider of its namespace. */
public interface LockProviderRecordContract extends DataFixture {

    /** The lease of a record that outlives a test. */
    Duration LONG = Duration.ofHours(1);

    @Test
    default void shouldKeepTheFirstLockProvider() {
        SessionDataProvider store = provider(Fresh.namespace());

        assertThat(record(store, "redisson", LONG)).isEqualTo("redisson");
        assertThat(record(store, "memory", LONG)).isEqualTo("redisson");
        assertThat(record(store, "redisson", LONG)).isEqualTo("redisson");
        assertThat(record(provider(Fresh.namespace()), "memory", LONG)).isEqualTo("memory");
    }

    @Test
    default void shouldForgetALockProviderAfterItsLease() {
        SessionDataProvider store = provider(Fresh.namespace());
        record(store, "redisson", Duration.ofMillis(1));

        await().atMost(Probe.MAX_WAIT).until(() -> record(store, "memory", LONG).equals("memory"));
    }

    @Test
    default void shouldProlongTheRecordOfALockProvider() {
        SessionDataProvider store = provider(Fresh.namespace());
        record(store, "redisson", Duration.ofMillis(300));
        long firstEnd = storeTime() + 300;
        boolean prolonged = record(store, "redisson", LONG).equals("redisson");

        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > firstEnd);
        assertThat(prolonged).isTrue();
        assertThat(record(store, "memory", LONG)).isEqualTo("redisson");
    }

    private static String record(SessionDataProvider store, String name, Duration lease) {
        return Stages.join(store.recordLockProvider(name, lease));
    }
}

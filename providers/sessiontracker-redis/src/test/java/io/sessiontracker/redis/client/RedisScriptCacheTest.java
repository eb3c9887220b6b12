package io.sessiontracker.redis.client;

import java.util.List;

import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.core.RedisCallback;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that was restarted, or took over, does not know the scripts. */
class RedisScriptCacheTest {

    @ParameterizedTest
    @EnumSource
    void shouldRefillAFlushedScriptCache(RedisTopology topology) {
        assertRefilled(StoreProbe.on(topology));
    }

    @Test
    void shouldRefillAFlushedScriptCacheWhileItWaits() {
        assertRefilled(StoreProbe.waitingOn(RedisTopology.STANDALONE));
    }

    private static void assertRefilled(StoreProbe store) {
        // More keys than there are masters, so that each has to learn every script.
        for (int i = 0; i < 20; i++) {
            SessionAddress address = new SessionAddress("checkout", "order-" + i);
            flush(store);
            assertThat(store.run(start(store, address))).isInstanceOf(StoreReply.Started.class);
            flush(store);
            assertThat(store.run(store.operations.get(address, true))).isInstanceOf(StoreReply.Done.class);
            flush(store);
            assertThat(store.run(
                            store.operations.delete(address, SessionStates.BOTH, null, OperationToken.random(), false)))
                    .matches(reply -> reply instanceof StoreReply.Done done && done.session() == null);
        }
    }

    private static ScriptCall<StoreReply> start(StoreProbe store, SessionAddress address) {
        return store.operations.start(
                address,
                List.of(StoreProbe.newId()),
                StoreProbe.data("a"),
                StoreProbe.AN_HOUR,
                OperationToken.random(),
                false);
    }

    private static void flush(StoreProbe store) {
        store.redis.execute((RedisCallback<Void>) connection -> {
            connection.scriptingCommands().scriptFlush();
            return null;
        });
    }
}

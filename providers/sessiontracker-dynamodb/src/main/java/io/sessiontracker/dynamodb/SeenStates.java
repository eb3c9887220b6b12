package io.sessiontracker.dynamodb;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;

/**
 * What this process last saw of keys, in a few megabytes: so that a change of a session that was just read is one request. It only says
 * what to try; the condition of the write decides.
 */
final class SeenStates {

    private static final long MAX_BYTES = 16 << 20;
    private static final int HEADERS = 1_000;

    private final Cache<SessionAddress, LoadedState> states = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((SessionAddress address, LoadedState seen) -> weight(seen.state()))
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    /** Returns what was seen; a key of which nothing is known is taken to be absent. */
    LoadedState get(SessionAddress address, long now) {
        LoadedState seen = states.getIfPresent(address);
        return seen == null ? LoadedState.absent(now) : new LoadedState(seen.state(), seen.revision(), now);
    }

    /** Remembers a state, unless there is nothing in it. */
    void put(SessionAddress address, LoadedState seen) {
        if (seen.revision() == LoadedState.ABSENT) {
            states.invalidate(address);
        } else {
            states.put(address, seen);
        }
    }

    void forget(SessionAddress address) {
        states.invalidate(address);
    }

    private static int weight(KeyState state) {
        return HEADERS + size(state.running()) + size(state.finished());
    }

    private static int size(@Nullable SessionEntry entry) {
        SessionData data = entry == null ? null : entry.data();
        return data == null ? 0 : data.payload().length;
    }
}

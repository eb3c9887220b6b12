package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.Map;

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
    private static final int ENTRY = 100;

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
        return HEADERS
                + size(state.running())
                + size(state.finished())
                + state.expired().stream()
                        .mapToInt(expired -> size(expired.entry()))
                        .sum()
                + state.reminders().stream()
                        .mapToInt(reminder -> ENTRY + 2 * reminder.name().length())
                        .sum();
    }

    /** Characters take up to two bytes; a header has the indexed properties once more. */
    private static int size(@Nullable SessionEntry entry) {
        if (entry == null) {
            return 0;
        }
        SessionData data = entry.data();
        return (entry.indexed() == null ? 0 : length(entry.indexed().values()))
                + (data == null ? 0 : data.payload().length + length(data.properties()));
    }

    private static int length(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToInt(text ->
                        ENTRY + 2 * (text.getKey().length() + text.getValue().length()))
                .sum();
    }
}

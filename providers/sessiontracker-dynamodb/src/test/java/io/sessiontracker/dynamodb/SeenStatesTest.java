package io.sessiontracker.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.state.Deadline;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.SessionEntry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenStatesTest {

    private final SeenStates seen = new SeenStates();

    @Test
    void shouldRememberSixteenMegabytes() {
        assertThat(remembered(new byte[100_000], Map.of())).isBetween(150L, 167L);
        assertThat(remembered(new byte[0], Map.of("text", "x".repeat(50_000)))).isBetween(150L, 167L);
        assertThat(remembered(new byte[0], Map.of())).isEqualTo(1_000);
    }

    @Test
    void shouldTakeAForgottenKeyToBeAbsent() {
        SessionAddress address = new SessionAddress("order", "1");
        seen.put(address, state(new byte[0], Map.of()));
        assertThat(seen.get(address, 7).revision()).isEqualTo(5);
        seen.forget(address);
        assertThat(seen.get(address, 7)).isEqualTo(LoadedState.absent(7));
    }

    /** Returns how many of a thousand states are remembered. */
    private long remembered(byte[] payload, Map<String, String> properties) {
        LoadedState state = state(payload, properties);
        List<SessionAddress> keys = IntStream.range(0, 1_000)
                .mapToObj(number -> new SessionAddress("order", String.valueOf(number)))
                .toList();
        keys.forEach(seen::forget);
        keys.forEach(key -> seen.put(key, state));
        return keys.stream()
                .filter(key -> seen.get(key, 0).revision() != LoadedState.ABSENT)
                .count();
    }

    private static LoadedState state(byte[] payload, Map<String, String> properties) {
        SessionEntry running = new SessionEntry(
                new SessionVersion("id", 1),
                0,
                List.of(OperationToken.random()),
                false,
                new Deadline(Long.MAX_VALUE, 0, 0, 0, 0, 0),
                SessionEntry.Indexed.NONE,
                new SessionData(properties, payload));
        return new LoadedState(new KeyState(running, null, List.of(), List.of(), List.of()), 5, 0);
    }
}

package io.sessiontracker.history;

import java.time.Clock;
import java.util.List;

import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.state.MapKeyStateStore;
import io.sessiontracker.spi.state.RememberingKeyStateStore;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

import static org.assertj.core.api.Assertions.assertThat;

class KeyStateHistoryTest {

    @AddLifecycleHook(Search.class)
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoes(@ForAll("histories") List<Step> history) {
        History.run(history, KeyStateHistoryTest::emptyStore);
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoesFromMemory(@ForAll("histories") List<Step> history) {
        History.run(history, clock -> emptyStore(new RememberingKeyStateStore(clock)));
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldKeepAsManyExpiredSessionsAsTheModel(@ForAll("overflows") List<Step> history) {
        History.run(history, KeyStateHistoryTest::emptyStore);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }

    @Provide
    Arbitrary<List<Step>> overflows() {
        return Histories.overflows();
    }

    private static HistoryStore emptyStore(Clock clock) {
        return emptyStore(new MapKeyStateStore(clock));
    }

    private static HistoryStore emptyStore(MapKeyStateStore store) {
        return new ClockedStore(
                new KeyStateDataProvider(store),
                () -> assertThat(store.isEmpty()).as("nothing is left").isTrue());
    }
}

package io.sessiontracker.history;

import java.time.Duration;
import java.util.List;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.SessionModel;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

import static io.sessiontracker.history.History.join;
import static org.assertj.core.api.Assertions.assertThat;

class MemoryHistoryTest {

    @AddLifecycleHook(Search.class)
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldDoWhatTheModelDoes(@ForAll("histories") List<Step> history) {
        History.run(history, clock -> new Memory(new InMemorySessionDataProvider(clock)));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }

    private record Memory(SessionDataProvider provider) implements StoreUnderTest {

        /** It goes by the history's clock itself. */
        @Override
        public void clockMoved(Duration by) {}

        @Override
        public void check(SessionModel model) {
            for (String type : Address.TYPES) {
                check(model, type, false);
                check(model, type, true);
            }
        }

        /** What it has beside sessions is the cache's affair. */
        @Override
        public void assertEmpty() {}

        private void check(SessionModel model, String type, boolean finished) {
            List<String> stored =
                    join(provider.scan(new SessionScan(type, finished, null, 100, List.of()))).sessions().stream()
                            .map(each -> each.key() + ": " + Text.of(each.session()))
                            .toList();
            assertThat(stored)
                    .isEqualTo(model.living(type, finished).stream()
                            .map(each -> each.address().key() + ": " + Text.of(each.session()))
                            .toList());
        }
    }
}

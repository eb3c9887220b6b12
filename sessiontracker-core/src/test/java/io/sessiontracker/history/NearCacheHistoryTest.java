package io.sessiontracker.history;

import java.util.List;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class NearCacheHistoryTest {

    @AddLifecycleHook(Search.class)
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoes(@ForAll("histories") List<Step> history) {
        History.run(
                history, clock -> new ClockedStore(NearCaches.over(new InMemorySessionDataProvider(clock)), () -> {}));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }
}

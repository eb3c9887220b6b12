package io.sessiontracker.history;

import java.time.Clock;
import java.util.List;

import io.sessiontracker.dynamodb.ClockedTable;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class DynamoDbHistoryTest {

    private static final ClockedTable TABLE = new ClockedTable();

    @AddLifecycleHook(Search.class)
    @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoes(@ForAll("histories") List<Step> history) {
        History.run(history, DynamoDbHistoryTest::empty);
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldKeepAsManyExpiredSessionsAsTheModel(@ForAll("overflows") List<Step> history) {
        History.run(history, DynamoDbHistoryTest::empty);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }

    @Provide
    Arbitrary<List<Step>> overflows() {
        return Histories.overflows();
    }

    private static HistoryStore empty(Clock clock) {
        String namespace = ClockedTable.newNamespace();
        return new ClockedStore(TABLE.provider(namespace, clock), () -> TABLE.assertEmpty(namespace, clock));
    }
}

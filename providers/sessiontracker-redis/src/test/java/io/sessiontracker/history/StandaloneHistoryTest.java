package io.sessiontracker.history;

import java.util.List;

import io.sessiontracker.redis.MovedRedis;
import io.sessiontracker.testing.RedisTopology;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class StandaloneHistoryTest {

    private static final MovedRedis REDIS = new MovedRedis(RedisTopology.STANDALONE.launch());

    @AddLifecycleHook(Search.class)
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoes(@ForAll("histories") List<Step> history) {
        History.run(history, REDIS::empty);
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAddTheSlidingTolerance(@ForAll("histories") List<Step> history) {
        History.run(history, REDIS::emptyWithTolerance);
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoesWithNearCaches(@ForAll("histories") List<Step> history) {
        History.run(history, REDIS::emptyWithNearCaches);
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldKeepAsManyExpiredSessionsAsTheModel(@ForAll("overflows") List<Step> history) {
        History.run(history, REDIS::empty);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }

    @Provide
    Arbitrary<List<Step>> overflows() {
        return Histories.overflows();
    }
}

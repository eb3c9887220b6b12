package io.sessiontracker.benchmarks.simulation;

import java.util.List;
import java.util.Random;

import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SweepSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for each run of the simulation, whatever the costs are. */
class SimulationTest {

    private static final int HEARTBEATS = 2;

    @ParameterizedTest
    @EnumSource(Channels.class)
    void shouldDeliverEachMessageToEachSubscriber(Channels channels) {
        // So many copies that an instance has some of each bucket.
        CacheMessages.Outcome outcome = CacheMessages.run(cached(20, 1, 10_000, channels));

        assertThat(outcome.published()).isPositive();
        assertThat(outcome.delivered()).isEqualTo(20 * outcome.published());
        assertThat(outcome.heartbeats().size()).isEqualTo(20 * HEARTBEATS);
        assertThat(outcome.writes().size()).isEqualTo(outcome.published());
    }

    @ParameterizedTest
    @EnumSource(Channels.class)
    void shouldMissNoCopyWhateverHasAChannel(Channels channels) {
        CacheMessages.Outcome all = CacheMessages.run(cached(20, 0.3, 100, Channels.NAMESPACE));
        CacheMessages.Outcome outcome = CacheMessages.run(cached(20, 0.3, 100, channels));

        assertThat(outcome.wanted()).isPositive().isEqualTo(all.wanted());
        assertThat(outcome.delivered()).isBetween(outcome.wanted(), all.delivered());
    }

    private static CacheMessages.Setup cached(int instances, double share, int copies, Channels channels) {
        return new CacheMessages.Setup(instances, 3, share, copies, 2_000, 1_000, HEARTBEATS, channels);
    }

    @Test
    void shouldDeliverNoLaterWithMoreInstances() {
        double median = Double.MAX_VALUE;
        double longest = Double.MAX_VALUE;
        for (int instances : List.of(1, 2, 4, 16, 64)) {
            Latencies delivered = sweep(instances, deadlines(1_000, 60)).delivered();
            assertThat(delivered.size()).isEqualTo(1_000);
            assertThat(delivered.millis(0.5)).isLessThanOrEqualTo(median);
            assertThat(delivered.millis(1)).isLessThanOrEqualTo(longest);
            median = delivered.millis(0.5);
            longest = delivered.millis(1);
        }
    }

    @Test
    void shouldDeliverWithinAnInterval() {
        assertThat(sweep(1, deadlines(1_000, 60)).delivered().millis(1))
                .isLessThanOrEqualTo(SweepSettings.BUILT_IN.interval().toMillis() + 100);
    }

    @Test
    void shouldDeliverEachOfManyOnce() {
        assertThat(sweep(8, new long[20_000]).delivered().size()).isEqualTo(20_000);
    }

    private static SharedSweeps.Outcome sweep(int instances, long[] deadlines) {
        return SharedSweeps.run(
                new SharedSweeps.Setup(instances, SweepSettings.BUILT_IN, MeasuredCosts.DELIVERY, 0), deadlines, 80);
    }

    private static long[] deadlines(int count, int seconds) {
        return new Random(7)
                .longs(count, 0, VirtualTime.seconds(seconds))
                .sorted()
                .toArray();
    }

    @Test
    void shouldRepairEachPartitionOncePerIntervalTogether() {
        long repairs = sweep(64, new long[0]).repairs();

        assertThat(repairs).isBetween(7L * ProductConstants.PARTITIONS, 9L * ProductConstants.PARTITIONS);
    }

    @Test
    void shouldGrantALockToOneProcessAtATime() {
        LockWakeUps.Outcome outcome = LockWakeUps.run(new LockWakeUps.Setup(50, 1, 10_000, 2));

        assertThat(outcome.mostHolders()).isEqualTo(1);
        assertThat(outcome.releases()).isBetween(100L, 200L);
        assertThat(outcome.attempts()).isGreaterThan(outcome.releases());
        assertThat(outcome.messages()).isLessThanOrEqualTo(50 * outcome.releases());
    }

    @Test
    void shouldPublishNoReleaseThatNoneWaitsFor() {
        assertThat(LockWakeUps.run(new LockWakeUps.Setup(50, 50, 1_000, 1)).messages())
                .isZero();
    }

    @Test
    void shouldRefuseNoWriteOfTheOnlyProcess() {
        HotKey.Outcome outcome = HotKey.run(new HotKey.Setup(1, 4, SessionTrackerBuilder.MODIFY_ATTEMPTS, 1));

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.changes()).isBetween(4 * (outcome.writes() - 1), 4 * outcome.writes());
    }

    @Test
    void shouldStoreOrRefuseEachWrite() {
        HotKey.Outcome outcome = HotKey.run(new HotKey.Setup(20, 1, SessionTrackerBuilder.MODIFY_ATTEMPTS, 1));

        assertThat(outcome.refused()).isPositive();
        // The rest is under way at the end.
        assertThat(outcome.writes() - outcome.refused() - outcome.changes()).isBetween(0L, 20L);
        assertThat(outcome.versions() - outcome.changes()).isBetween(0L, 20L);
        assertThat(outcome.waits().size()).isEqualTo((int) outcome.changes());
    }

    @Test
    void shouldGiveEachNodeOfAClusterBuckets() {
        assertThat(ClusterShares.fullest(List.of("checkout"), 1)).isEqualTo(1);
        assertThat(ClusterShares.fullest(List.of("checkout"), 3)).isBetween(1.0, 1.5);
    }

    @Test
    void shouldRepeatItself() {
        assertThat(SimulationMain.run(List.of(3), 1_000)).isEqualTo(SimulationMain.run(List.of(3), 1_000));
    }
}

package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.sessiontracker.engine.SweepSettings;

/**
 * Instances that sweep one type: each claims and delivers all expired sessions that no other has claimed, and then repairs those
 * partitions of the indexes that no other has repaired within the interval.
 */
final class SharedSweeps {

    /**
     * What is simulated.
     *
     * @param instances with a listener
     * @param settings of the sweep
     * @param deliveryMicros how long an instance is occupied by one delivery
     * @param readsPerSecond reads of other callers meanwhile, to see how long they wait
     */
    record Setup(int instances, SweepSettings settings, double deliveryMicros, int readsPerSecond) {}

    /**
     * What came of it.
     *
     * @param delivered how long after their deadlines sessions were delivered
     * @param inVain claims that found nothing because another instance was faster
     * @param calls of sweeps
     * @param repairs of a partition
     */
    record Outcome(Latencies delivered, long inVain, long calls, long repairs, double busy, Latencies reads) {}

    private final Setup setup;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedServer server = new SimulatedServer(time, Networks.ROUND_TRIP_MICROS);
    private final Deque<Long> due = new ArrayDeque<>();
    private final long[] partitions = new long[ProductConstants.PARTITIONS];
    private final Latencies delivered = new Latencies();
    private final Latencies reads = new Latencies();
    private long inVain;
    private long calls;
    private long repairs;

    private final class Instance {

        private long begun;

        /** Claims a batch by several scripts at once; {@code done} gets the deadlines of what it claimed. */
        private void claim(Consumer<List<Long>> done) {
            int batch = setup.settings().batchSize();
            int scripts = (batch + ProductConstants.CLAIMED_BY_SCRIPT - 1) / ProductConstants.CLAIMED_BY_SCRIPT;
            List<Long> claimed = new ArrayList<>();
            int[] open = {scripts};
            for (int i = 0; i < scripts; i++) {
                int limit =
                        Math.min(ProductConstants.CLAIMED_BY_SCRIPT, batch - i * ProductConstants.CLAIMED_BY_SCRIPT);
                call(limit * MeasuredCosts.CLAIM, () -> take(limit, claimed), () -> {
                    if (--open[0] == 0) {
                        inVain += claimed.isEmpty() ? 1 : 0;
                        done.accept(claimed);
                    }
                });
            }
        }

        private void take(int limit, List<Long> claimed) {
            for (int i = 0; i < limit && !due.isEmpty(); i++) {
                claimed.add(due.removeFirst());
            }
        }

        void sweep() {
            begun = time.now();
            boolean[] found = new boolean[1];
            call(MeasuredCosts.IDLE_CLAIM, () -> found[0] = !due.isEmpty(), () -> {
                if (found[0]) {
                    claim(this::deliver);
                } else {
                    repair();
                }
            });
        }

        /** Delivers a batch; meanwhile the next one is claimed. */
        private void deliver(List<Long> claimed) {
            boolean more = claimed.size() == setup.settings().batchSize();
            List<List<Long>> next = new ArrayList<>();
            Runnable[] goOn = new Runnable[1];
            int[] open = {more ? 2 : 1};
            goOn[0] = () -> {
                if (--open[0] == 0) {
                    if (more) {
                        deliver(next.get(0));
                    } else {
                        repair();
                    }
                }
            };
            if (more) {
                claim(batch -> {
                    next.add(batch);
                    goOn[0].run();
                });
            }
            long occupied = VirtualTime.micros(setup.deliveryMicros());
            for (int i = 0; i < claimed.size(); i++) {
                long deadline = claimed.get(i);
                long at = time.now() + (i + 1) * occupied;
                time.at(at, () -> delivered.add(time.now() - deadline));
            }
            time.after(claimed.size() * occupied, () -> acknowledge(claimed.size(), goOn[0]));
        }

        private void acknowledge(int count, Runnable done) {
            call(count * MeasuredCosts.ACKNOWLEDGEMENT, () -> {}, done);
        }

        /** Claims partitions, repairs them, and goes on until all were repaired within the interval. */
        private void repair() {
            List<Integer> taken = new ArrayList<>();
            call(MeasuredCosts.PARTITION_CLAIM, () -> takePartitions(taken), () -> {
                if (taken.isEmpty()) {
                    long pause =
                            ProductConstants.untilNextSweep(setup.settings().interval(), time.now() - begun);
                    time.after(pause, this::sweep);
                } else {
                    repairs += taken.size();
                    call(taken.size() * MeasuredCosts.PARTITION_REPAIR, () -> {}, this::repair);
                }
            });
        }
    }

    private SharedSweeps(Setup setup) {
        this.setup = setup;
    }

    /**
     * Runs it.
     *
     * @param deadlines moments in nanoseconds, ascending
     * @param seconds how long, at least; more if not all are delivered
     */
    static Outcome run(Setup setup, long[] deadlines, double seconds) {
        return new SharedSweeps(setup).run(deadlines, VirtualTime.seconds(seconds));
    }

    private Outcome run(long[] deadlines, long end) {
        for (long deadline : deadlines) {
            time.at(deadline, () -> due.addLast(deadline));
        }
        long interval = setup.settings().interval().toNanos();
        Random offsets = new Random(14);
        for (int i = 0; i < setup.instances(); i++) {
            time.at((long) (offsets.nextDouble() * interval), new Instance()::sweep);
        }
        long until = end;
        readFrom(0, VirtualTime.seconds(setup.readsPerSecond() == 0 ? 0 : 1.0 / setup.readsPerSecond()));
        time.runUntil(until);
        while (delivered.size() < deadlines.length) {
            until += VirtualTime.seconds(1);
            time.runUntil(until);
        }
        return new Outcome(delivered, inVain, calls, repairs, (double) server.busy() / until, reads);
    }

    private void readFrom(long moment, long interval) {
        if (interval > 0) {
            time.at(moment, () -> {
                server.call(MeasuredCosts.GET, () -> {}, () -> reads.add(time.now() - moment));
                readFrom(moment + interval, interval);
            });
        }
    }

    private void call(double micros, Runnable effect, Runnable onReply) {
        calls++;
        server.call(micros, effect, onReply);
    }

    private void takePartitions(List<Integer> taken) {
        for (int i = 0; i < partitions.length && taken.size() < ProductConstants.PARTITIONS_AT_ONCE; i++) {
            if (partitions[i] <= time.now()) {
                partitions[i] = time.now() + setup.settings().interval().toNanos();
                taken.add(i);
            }
        }
    }
}

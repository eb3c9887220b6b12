package io.sessiontracker.benchmarks.simulation;

import java.util.Random;

/**
 * Processes that all modify one session, all the time, as {@code ModifyQueue} does: the callers of a process share a write, a write
 * is refused if another process was faster, and while that happens processes back off.
 */
final class HotKey {

    /**
     * What is simulated.
     *
     * @param callers of each process; with one the queue of a process ends with each change, and with it what it knows of others
     * @param attempts how many refused writes a change takes part in
     */
    record Setup(int processes, int callers, int attempts, double seconds) {}

    /**
     * What came of it.
     *
     * @param versions of the session on the server
     * @param changes that were stored, as their callers know
     * @param failed changes that were refused too often
     */
    record Outcome(long versions, long writes, long refused, long changes, long failed, double busy, Latencies waits) {}

    private final Setup setup;
    private final Random random = new Random(14);
    private final VirtualTime time = new VirtualTime();
    private final SimulatedServer server = new SimulatedServer(time, Networks.ROUND_TRIP_MICROS);
    private final Latencies waits = new Latencies();
    private long version;
    private long writes;
    private long refused;
    private long changes;
    private long failed;

    private final class Process implements Runnable {

        private BackOff backOff = new BackOff(random);
        private long begun;
        private int refusals;

        /** Begins a change of each caller. */
        @Override
        public void run() {
            begun = time.now();
            refusals = 0;
            if (setup.callers() == 1) {
                backOff = new BackOff(random);
            }
            read();
        }

        private void read() {
            long[] base = new long[1];
            server.call(MeasuredCosts.GET, () -> base[0] = version, () -> write(base[0]));
        }

        private void write(long base) {
            writes++;
            long[] found = new long[1];
            server.call(
                    MeasuredCosts.UPDATE,
                    () -> {
                        found[0] = version;
                        version += version == base ? 1 : 0;
                    },
                    () -> {
                        if (found[0] == base) {
                            stored(base + 1);
                        } else {
                            refused(found[0]);
                        }
                    });
        }

        private void stored(long current) {
            int together = Math.min(setup.callers(), ProductConstants.CALLS_OF_WRITE);
            changes += together;
            waits.add(time.now() - begun);
            if (setup.callers() == 1) {
                run();
                return;
            }
            begun = time.now();
            refusals = 0;
            backOff.won();
            if (backOff.isNone()) {
                write(current);
            } else {
                time.after(backOff.nanos(), this::read);
            }
        }

        private void refused(long current) {
            refused++;
            boolean first = backOff.isNone();
            backOff.lost();
            if (++refusals == setup.attempts()) {
                failed += setup.callers();
                run();
            } else if (first) {
                write(current);
            } else {
                time.after(backOff.nanos(), this::read);
            }
        }
    }

    private HotKey(Setup setup) {
        this.setup = setup;
    }

    static Outcome run(Setup setup) {
        return new HotKey(setup).run();
    }

    private Outcome run() {
        for (int i = 0; i < setup.processes(); i++) {
            time.at(VirtualTime.millis(random.nextDouble()), new Process());
        }
        long end = VirtualTime.seconds(setup.seconds());
        time.runUntil(end);
        return new Outcome(version, writes, refused, changes, failed, (double) server.busy() / end, waits);
    }
}

package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Processes that want a lock again and again, about as often as it can be had, and wait for it. The release of a lock that others wait for is published to all
 * processes, and wakes one waiter in each process that waits for this lock.
 */
final class LockWakeUps {

    /**
     * What is simulated.
     *
     * @param locks how many different locks the processes want, one each
     * @param heldMicros how long a holder keeps the lock
     */
    record Setup(int processes, int locks, double heldMicros, double seconds) {}

    /**
     * What came of it.
     *
     * @param attempts requests for a lock, granted or not
     * @param messages deliveries of a release
     * @param mostHolders that a lock ever had at a time
     */
    record Outcome(long releases, long attempts, long messages, double busy, Latencies waits, int mostHolders) {}

    private final Setup setup;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedServer server = new SimulatedServer(time, Networks.ROUND_TRIP_MICROS);
    private final Random random = new Random(14);
    private final List<Process> processes = new ArrayList<>();
    private final Latencies waits = new Latencies();
    private long releases;
    private long attempts;
    private int mostHolders;

    private static final class Lock {
        int holders;
        boolean awaited;
    }

    /** A process with one caller. As {@code RedisLockQueue}: one attempt at a time, another one if a wake-up came during it. */
    private final class Process implements Runnable, SimulatedServer.Subscriber {

        private final Lock lock;
        private boolean waiting;
        private boolean attempting;
        private boolean woken;
        /** Whether a message that was published to this process is about its lock. */
        private boolean notified;

        private long wantedSince;
        private long retry;

        Process(Lock lock) {
            this.lock = lock;
        }

        /** Wants the lock from now on. */
        @Override
        public void run() {
            wantedSince = time.now();
            waiting = true;
            attempt();
        }

        @Override
        public void receive(int count) {
            if (!notified) {
                return;
            }
            notified = false;
            if (attempting) {
                woken = true;
            } else if (waiting) {
                attempt();
            }
        }

        private void attempt() {
            attempting = true;
            woken = false;
            retry++;
            attempts++;
            boolean[] granted = new boolean[1];
            server.call(
                    MeasuredCosts.LOCK_REFUSED,
                    () -> {
                        granted[0] = lock.holders == 0;
                        lock.awaited |= !granted[0];
                        lock.holders += granted[0] ? 1 : 0;
                        mostHolders = Math.max(mostHolders, lock.holders);
                    },
                    () -> attempted(granted[0]));
        }

        private void attempted(boolean granted) {
            attempting = false;
            if (granted) {
                waiting = false;
                waits.add(time.now() - wantedSince);
                time.after(VirtualTime.micros(setup.heldMicros()), this::release);
            } else if (woken) {
                attempt();
            } else {
                long own = retry;
                time.after(ProductConstants.LOCK_RETRY.toNanos(), () -> {
                    if (own == retry && waiting && !attempting) {
                        attempt();
                    }
                });
            }
        }

        private void release() {
            server.call(
                    MeasuredCosts.LOCKED_CHANGE - MeasuredCosts.LOCK_REFUSED,
                    () -> {
                        releases++;
                        boolean published = lock.awaited;
                        lock.holders--;
                        lock.awaited = false;
                        if (published) {
                            publish(lock);
                        }
                    },
                    () -> time.after(untilNext(), this));
        }
    }

    /** Returns how long a process does without the lock: so that on average one of those that want it has it, or waits. */
    private long untilNext() {
        double mean = setup.heldMicros() * setup.processes() / setup.locks();
        return VirtualTime.micros(-mean * Math.log(1 - random.nextDouble()));
    }

    private LockWakeUps(Setup setup) {
        this.setup = setup;
    }

    static Outcome run(Setup setup) {
        return new LockWakeUps(setup).run();
    }

    private Outcome run() {
        List<Lock> locks = new ArrayList<>();
        for (int i = 0; i < setup.locks(); i++) {
            locks.add(new Lock());
        }
        for (int i = 0; i < setup.processes(); i++) {
            Process process = new Process(locks.get(i % setup.locks()));
            processes.add(process);
            time.at(untilNext(), process);
        }
        long end = VirtualTime.seconds(setup.seconds());
        time.runUntil(end);
        return new Outcome(releases, attempts, server.messages(), (double) server.busy() / end, waits, mostHolders);
    }

    /** All processes subscribe to one channel; those without a waiter for this lock ignore the message. */
    private void publish(Lock lock) {
        processes.forEach(process -> process.notified |= process.lock == lock);
        server.publish(processes);
    }
}

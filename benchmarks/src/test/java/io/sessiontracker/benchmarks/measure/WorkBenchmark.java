package io.sessiontracker.benchmarks.measure;

import java.util.Objects;

import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** The only benchmark: a candidate does a work, as {@link Throughput} configures. */
public class WorkBenchmark {

    /** The candidate and its work. */
    @State(Scope.Benchmark)
    public static class Turn {
        @Param(Candidates.BASELINE)
        public String candidate = "";

        @Param
        public Work work = Work.GET;

        @Param
        public Payload payload = Payload.SMALL;

        /** The number of sessions that a thread consumes. */
        @Param("1000")
        public int stock = 1_000;

        private @Nullable Candidate opponent;

        Candidate opponent() {
            return Objects.requireNonNull(opponent);
        }

        /** Empties the server before each turn. */
        @Setup(Level.Trial)
        public void enter() {
            opponent = BenchmarkEnvironment.current().enter(candidate);
        }
    }

    /** The sessions of a thread. */
    @State(Scope.Thread)
    public static class Player {
        private ThreadSessions threadSessions = new ThreadSessions("", Payload.SMALL);

        /** Starts the thread's sessions. */
        @Setup(Level.Trial)
        public void sit(Turn turn, ThreadParams threads) {
            threadSessions = new ThreadSessions("t" + threads.getThreadIndex(), turn.payload);
            if (turn.work.needsSessions() && !turn.work.consumes()) {
                threadSessions.startAll(turn.opponent(), ThreadSessions.PAGE_SIZE);
            }
        }

        /** Replaces consumed sessions before the next iteration. */
        @Setup(Level.Iteration)
        public void fill(Turn turn) {
            if (turn.work.consumes()) {
                threadSessions.startAll(turn.opponent(), turn.stock);
            }
        }
    }

    /** Does the work once. */
    @Benchmark
    public Object work(Turn turn, Player player) {
        return turn.work.doOnce(player.threadSessions, turn.opponent());
    }
}

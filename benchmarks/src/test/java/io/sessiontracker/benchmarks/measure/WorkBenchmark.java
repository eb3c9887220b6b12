package io.sessiontracker.benchmarks.measure;

import java.util.Objects;

import io.sessiontracker.benchmarks.contestant.Candidate;
import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.ThreadSessions;
import io.sessiontracker.benchmarks.contestant.Work;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** The one benchmark: a contestant does a work. {@link Throughput} says which. */
public class WorkBenchmark {

    /** Who does what to what. */
    @State(Scope.Benchmark)
    public static class Turn {
        @Param(Candidates.FLOOR)
        public String contestant = "";

        @Param
        public Work work = Work.GET;

        @Param
        public Payload payload = Payload.SMALL;

        /** How many sessions a thread uses up. */
        @Param("1000")
        public int stock = 1_000;

        private @Nullable Candidate opponent;

        Candidate opponent() {
            return Objects.requireNonNull(opponent);
        }

        /** An empty server for each turn. */
        @Setup(Level.Trial)
        public void enter() {
            opponent = BenchmarkEnvironment.current().enter(contestant);
        }
    }

    /** A thread and its sessions. */
    @State(Scope.Thread)
    public static class Player {
        private ThreadSessions hand = new ThreadSessions("", Payload.SMALL);

        /** Each thread starts its own sessions. */
        @Setup(Level.Trial)
        public void sit(Turn turn, ThreadParams threads) {
            hand = new ThreadSessions("t" + threads.getThreadIndex(), turn.payload);
            if (turn.work.wantsSessions() && !turn.work.consumes()) {
                hand.deal(turn.opponent(), ThreadSessions.PAGE_SIZE);
            }
        }

        /** What a turn uses up is there again before the next. */
        @Setup(Level.Iteration)
        public void fill(Turn turn) {
            if (turn.work.consumes()) {
                hand.deal(turn.opponent(), turn.stock);
            }
        }
    }

    /** Does it. */
    @Benchmark
    public Object work(Turn turn, Player player) {
        return turn.work.doOnce(player.hand, turn.opponent());
    }
}

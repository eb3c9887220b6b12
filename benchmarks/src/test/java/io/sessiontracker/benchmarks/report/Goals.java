package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.BenchmarkCase;
import io.sessiontracker.benchmarks.measure.CallCost;
import io.sessiontracker.benchmarks.measure.Footprint;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.measure.MemoryCost;
import io.sessiontracker.benchmarks.measure.Samples.Ratio;

import static io.sessiontracker.benchmarks.candidate.Candidates.BASELINE;
import static io.sessiontracker.benchmarks.candidate.Candidates.INDEXED;
import static io.sessiontracker.benchmarks.candidate.Candidates.LOCAL;
import static io.sessiontracker.benchmarks.candidate.Candidates.OWN_LOCK;
import static io.sessiontracker.benchmarks.candidate.Candidates.SPRING_SESSION;
import static io.sessiontracker.benchmarks.candidate.Candidates.SPRING_SESSION_INDEXED;
import static io.sessiontracker.benchmarks.candidate.Candidates.TEMPLATE_WITH_LOCK;
import static io.sessiontracker.benchmarks.candidate.Candidates.TRACKER;
import static io.sessiontracker.benchmarks.candidate.Candidates.UNQUERYABLE;
import static io.sessiontracker.benchmarks.candidate.Candidates.VALIDATED;

/** SessionTracker's performance goals. */
final class Goals {

    static final String NOTE = """
            Each call compared with another candidate's: calls per second with %s threads, payload 0.5 KB unless it says
            otherwise. A value in bold misses its goal.

            """;

    private final Plan plan;
    private final Measurements measured;
    private final List<Goal> goals = new ArrayList<>();

    Goals(Plan plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
        nearCache();
        calls();
        lookups();
        goals.add(Goal.atLeast("sessions swept per second").value(20_000, Optional.of(measured.swept())));
        resources();
        growth();
    }

    Table table() {
        Table table = new Table("goal", "bound", "reached", "met");
        goals.forEach(goal -> table.row(goal.row()));
        return table;
    }

    private void nearCache() {
        faster(LOCAL, Work.GET, BASELINE, 20, 6);
        faster(LOCAL, Work.PEEK, BASELINE, 20, 6);
        faster(LOCAL, Work.MODIFY, BASELINE, 1.6, 1.6);
        faster(VALIDATED, Work.GET, Payload.HUGE, BASELINE, 1.1, 1.1);
    }

    private void calls() {
        faster(TRACKER, Work.GET, BASELINE, 0.95, 0.95);
        faster(UNQUERYABLE, Work.START, BASELINE, 0.9, 0.65);
        faster(TRACKER, Work.START, BASELINE, 0.75, 0.5);
        faster(TRACKER, Work.START, SPRING_SESSION, 1.3, 1.05);
        faster(TRACKER, Work.FINISH, BASELINE, 0.65, 0.4);
        faster(TRACKER, Work.CHANGE, BASELINE, 0.95, 0.95);
        faster(TRACKER, Work.CHANGE, SPRING_SESSION, 1.8, 1.8);
        faster(OWN_LOCK, Work.LOCKED_CHANGE, TEMPLATE_WITH_LOCK, 2, 2);
        faster(TRACKER, Work.LOCKED_CHANGE, TEMPLATE_WITH_LOCK, 1, 1);
    }

    private void faster(String candidate, Work work, String other, double alone, double concurrent) {
        faster(candidate, work, Payload.SMALL, other, alone, concurrent);
    }

    /**
     * Adds a goal of calls per second, relative to another candidate's.
     *
     * @param alone the bound with one thread
     * @param concurrent the bound with more threads
     */
    private void faster(String candidate, Work work, Payload payload, String other, double alone, double concurrent) {
        String size = payload == Payload.SMALL ? "" : ", " + payload.title();
        Goal goal = Goal.atLeast("%s%s: %s to %s".formatted(work.title(), size, candidate, other));
        for (int threads : plan.threads()) {
            BenchmarkCase own = new BenchmarkCase(candidate, work, threads, payload);
            BenchmarkCase others = own.with(other, other.equals(BASELINE) ? BaselineWork.of(work) : work);
            goal.value(
                    threads == 1 ? alone : concurrent,
                    measured.samples().ratio(own, others).map(Ratio::value));
        }
        goals.add(goal);
    }

    private void lookups() {
        for (Work work : List.of(Work.PAGE, Work.COUNT)) {
            measured.lookups().forEach((sessions, samples) -> {
                Goal goal = Goal.atLeast("%s among %,d: %s to the lookup by principal of %s"
                        .formatted(work.title(), sessions, INDEXED, SPRING_SESSION_INDEXED));
                for (int threads : plan.threads()) {
                    BenchmarkCase principal =
                            new BenchmarkCase(SPRING_SESSION_INDEXED, Work.PAGE, threads, Payload.SMALL);
                    goal.value(
                            1,
                            samples.ratio(principal.with(INDEXED, work), principal)
                                    .map(Ratio::value));
                }
                goals.add(goal);
            });
            goals.add(Goal.atMost("requests of a " + work.title())
                    .value(4, call(INDEXED, work).map(CallCost::roundTrips)));
        }
    }

    private void resources() {
        goals.add(Goal.atMost("allocated bytes of a get, relative to the baseline")
                .value(
                        1.5,
                        call(TRACKER, Work.GET)
                                .flatMap(own -> call(BASELINE, Work.GET)
                                        .map(baseline -> ratio(own, baseline, CallCost::allocated)))));
        goals.add(Goal.atMost("memory of a session, and with one indexed property, relative to the baseline")
                .value(1.6, memory(TRACKER))
                .value(1.9, memory(INDEXED)));
        goals.add(Goal.atMost("µs that encryption adds to a write and to a read")
                .value(15, Optional.of(measured.encryption().write()))
                .value(15, Optional.of(measured.encryption().read())));
        Footprint footprint = measured.footprint();
        goals.add(Goal.atMost("threads and connections added by %d locks and %d waiters"
                        .formatted(footprint.sessions(), footprint.waiters()))
                .value(0, Optional.of((double) footprint.threads()))
                .value(0, Optional.of((double) footprint.connections())));
    }

    private Optional<CallCost> call(String candidate, Work work) {
        return Optional.ofNullable(
                measured.calls().getOrDefault(candidate, Map.of()).get(work));
    }

    private Optional<Double> memory(String candidate) {
        return Optional.ofNullable(measured.memory().get(candidate))
                .map(MemoryCost::used)
                .map(used -> used / measured.memory().get(BASELINE).used());
    }

    private void growth() {
        List<Integer> sizes = measured.growth().keySet().stream().sorted().toList();
        if (sizes.isEmpty()) {
            return;
        }
        Goal server = Goal.atMost("server time with the most sessions, relative to the fewest");
        Goal waited = Goal.atMost("caller's time with the most sessions, relative to the fewest");
        Map<Work, CallCost> few = measured.growth().get(sizes.get(0));
        measured.growth().get(sizes.get(sizes.size() - 1)).forEach((work, many) -> {
            CallCost of = few.get(work);
            server.value(work.title() + ":", 1.1, Optional.of(ratio(many, of, CallCost::serverMicros)));
            waited.value(work.title() + ":", 1.1, Optional.of(ratio(many, of, CallCost::micros)));
        });
        goals.add(server);
        goals.add(waited);
    }

    private static double ratio(CallCost own, CallCost other, ToDoubleFunction<CallCost> cost) {
        return cost.applyAsDouble(own) / cost.applyAsDouble(other);
    }
}

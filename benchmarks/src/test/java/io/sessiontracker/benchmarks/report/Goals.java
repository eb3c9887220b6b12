package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.BenchmarkCase;
import io.sessiontracker.benchmarks.measure.CallCost;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.measure.MemoryCost;
import io.sessiontracker.benchmarks.measure.Samples.Ratio;

import static io.sessiontracker.benchmarks.candidate.Candidates.ABSOLUTE_ONLY;
import static io.sessiontracker.benchmarks.candidate.Candidates.BASELINE;
import static io.sessiontracker.benchmarks.candidate.Candidates.INDEXED;
import static io.sessiontracker.benchmarks.candidate.Candidates.OWN_LOCK;
import static io.sessiontracker.benchmarks.candidate.Candidates.SLIDING_ONLY;
import static io.sessiontracker.benchmarks.candidate.Candidates.SPRING_SESSION;
import static io.sessiontracker.benchmarks.candidate.Candidates.SPRING_SESSION_INDEXED;
import static io.sessiontracker.benchmarks.candidate.Candidates.TEMPLATE_WITH_LOCK;
import static io.sessiontracker.benchmarks.candidate.Candidates.TRACKER;
import static io.sessiontracker.benchmarks.candidate.Candidates.UNQUERYABLE;

/** SessionTracker's performance goals. */
final class Goals {

    private final Plan plan;
    private final Measurements measured;
    private final List<Goal> goals = new ArrayList<>();

    Goals(Plan plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
        speed();
        cost();
        growth();
        lookups();
    }

    Table table() {
        Table table = new Table("goal", "bound", "reached", "met");
        goals.forEach(goal -> table.row(goal.row()));
        return table;
    }

    private void speed() {
        for (Work work : List.of(Work.GET, Work.PEEK, Work.START, Work.FINISH, Work.CHANGE, Work.MODIFY)) {
            speed(0.95, TRACKER, work, BASELINE, BaselineWork.of(work));
        }
        for (Work work : List.of(Work.CHANGE, Work.MODIFY, Work.LIFE)) {
            speed(1.8, TRACKER, work, SPRING_SESSION, BaselineWork.of(work));
            speed(3.5, TRACKER, work, SPRING_SESSION_INDEXED, BaselineWork.of(work));
        }
        for (int threads : plan.threads()) {
            speed(threads == 1 ? 0.9 : 0.65, UNQUERYABLE, Work.START, BASELINE, Work.START, List.of(threads));
        }
        int most = Collections.max(plan.threads());
        speed(1.5, TRACKER, Work.HOT_MODIFY, BASELINE, Work.CHANGE, List.of(most));
        speed(2, OWN_LOCK, Work.LOCKED_CHANGE, TEMPLATE_WITH_LOCK, Work.LOCKED_CHANGE);
        speed(0.95, TRACKER, Work.LOCKED_CHANGE, TEMPLATE_WITH_LOCK, Work.LOCKED_CHANGE);
    }

    private void speed(double bound, String candidate, Work work, String other, Work otherWork) {
        speed(bound, candidate, work, other, otherWork, plan.threads());
    }

    private void speed(
            double bound, String candidate, Work work, String other, Work otherWork, List<Integer> threadCounts) {
        Goal goal = Goal.atLeast(bound, "%s: %s to %s".formatted(work.title(), candidate, other));
        for (Payload payload : plan.payloads()) {
            for (int threads : threadCounts) {
                BenchmarkCase benchmarkCase = new BenchmarkCase(candidate, work, threads, payload);
                goal.reached(
                        "%d × %s:".formatted(threads, payload.title()),
                        measured.samples()
                                .ratio(benchmarkCase, benchmarkCase.with(other, otherWork))
                                .map(Ratio::value));
            }
        }
        goals.add(goal);
    }

    private void cost() {
        goals.add(get(1.5, "server's time", ABSOLUTE_ONLY, CallCost::serverMicros));
        goals.add(get(1.5, "server's time", SLIDING_ONLY, CallCost::serverMicros));
        goals.add(get(5, "server's time", TRACKER, CallCost::serverMicros));
        goals.add(get(1.5, "allocated bytes", TRACKER, CallCost::allocated));
        goals.add(Goal.atMost(1.6, "memory of a session, relative to the baseline")
                .reached(memory(TRACKER)));
        goals.add(Goal.atMost(1.9, "memory with one indexed property, relative to the baseline")
                .reached(memory(INDEXED)));
        goals.add(Goal.atMost(
                        0,
                        "threads added by %d locks and %d waiters"
                                .formatted(
                                        measured.footprint().sessions(),
                                        measured.footprint().waiters()))
                .reached(Optional.of((double) measured.footprint().threads())));
        goals.add(Goal.atMost(0, "connections added by these")
                .reached(Optional.of((double) measured.footprint().connections())));
    }

    private Goal get(double bound, String what, String candidate, ToDoubleFunction<CallCost> cost) {
        return Goal.atMost(bound, "%s of a get: %s relative to the baseline".formatted(what, candidate))
                .reached(call(candidate).flatMap(own -> call(BASELINE).map(baseline -> ratio(own, baseline, cost))));
    }

    private Optional<CallCost> call(String candidate) {
        return Optional.ofNullable(
                measured.calls().getOrDefault(candidate, Map.of()).get(Work.GET));
    }

    private Optional<Double> memory(String candidate) {
        return Optional.ofNullable(measured.memory().get(candidate))
                .map(MemoryCost::used)
                .map(used -> used / measured.memory().get(BASELINE).used());
    }

    private void growth() {
        goals.add(Goal.atLeast(20_000, "sessions swept per second").reached(Optional.of(measured.swept())));
        List<Integer> sizes = measured.growth().keySet().stream().sorted().toList();
        Goal server = Goal.atMost(1.1, "server time with the most sessions, relative to the fewest");
        Goal waited = Goal.atMost(1.1, "caller's time with the most sessions, relative to the fewest");
        if (!sizes.isEmpty()) {
            Map<Work, CallCost> few = measured.growth().get(sizes.get(0));
            measured.growth().get(sizes.get(sizes.size() - 1)).forEach((work, many) -> {
                CallCost of = few.get(work);
                server.reached(work.title() + ":", Optional.of(ratio(many, of, CallCost::serverMicros)));
                waited.reached(work.title() + ":", Optional.of(ratio(many, of, CallCost::micros)));
            });
        }
        goals.add(server);
        goals.add(waited);
    }

    private void lookups() {
        for (Work work : List.of(Work.PAGE, Work.COUNT)) {
            Goal goal = Goal.atLeast(1, "%s: %s to the lookup by principal".formatted(work.title(), INDEXED));
            measured.lookups()
                    .forEach((sessions, samples) -> plan.threads().forEach(threads -> {
                        BenchmarkCase principal =
                                new BenchmarkCase(SPRING_SESSION_INDEXED, Work.PAGE, threads, Payload.SMALL);
                        goal.reached(
                                "%d × among %,d:".formatted(threads, sessions),
                                samples.ratio(principal.with(INDEXED, work), principal)
                                        .map(Ratio::value));
                    }));
            goals.add(goal);
            goals.add(Goal.atMost(4, "requests of a " + work.title())
                    .reached(Optional.ofNullable(measured.calls()
                                    .getOrDefault(INDEXED, Map.of())
                                    .get(work))
                            .map(CallCost::roundTrips)));
        }
    }

    private static double ratio(CallCost own, CallCost other, ToDoubleFunction<CallCost> cost) {
        return cost.applyAsDouble(own) / cost.applyAsDouble(other);
    }
}

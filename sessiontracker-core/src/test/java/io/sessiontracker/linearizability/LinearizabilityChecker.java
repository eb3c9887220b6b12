package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.linearizability.Answer.Outcome;
import io.sessiontracker.linearizability.Call.Kind;

/**
 * Searches for an order of one key's operations that explains all answers: each takes effect at one moment between its call
 * and its return, one of unknown outcome at one moment after its call or never. The algorithm is that of Wing and Gong, with
 * Lowe's memory of configurations that led nowhere. Histories of several keys are linearizable if that of each key is.
 */
final class LinearizabilityChecker {

    /** Beyond that many configurations the answer is {@link Verdict#UNDECIDED}. */
    private static final int MAX_CONFIGURATIONS = 200_000;

    /** In place of what an unknown call wrote and no call saw: so all such calls are alike. */
    private static final String UNSEEN = "?";

    /** Whether there is such an order. */
    enum Verdict {
        LINEARIZABLE,
        NOT_LINEARIZABLE,
        UNDECIDED
    }

    private record Configuration(BitSet done, KeyState state) {}

    /** By their return, so that what must take effect first is tried first, and the unknown last. */
    private final List<Operation> operations;
    /** How many there are before the unknown ones. */
    private final int known;

    /** With the sets of unknown operations that had taken effect as well. */
    private final Map<Configuration, List<BitSet>> tried = new HashMap<>();

    private int configurations;
    private final BitSet done = new BitSet();

    private final Contents contents;
    private final int maxConfigurations;

    private LinearizabilityChecker(List<Operation> history, int maxConfigurations) {
        this.contents = new Contents(history);
        this.maxConfigurations = maxConfigurations;
        operations = history.stream()
                .filter(operation -> !(operation.answer().isUnknown()
                        && operation.call().kind().isRead()))
                .map(operation ->
                        operation.answer().isUnknown() ? operation.withCall(unified(operation.call())) : operation)
                .sorted(Comparator.comparingLong(Operation::returned).thenComparingLong(Operation::called))
                .toList();
        known = (int) operations.stream()
                .filter(operation -> !operation.answer().isUnknown())
                .count();
    }

    private Call unified(Call unknown) {
        String tag = contents.show(unknown.tag()) ? unknown.tag() : UNSEEN;
        return new Call(unknown.kind().withoutAnswer(), tag, unknown.base());
    }

    /** Decides about the operations on one key. */
    static Verdict check(List<Operation> history) {
        return check(history, MAX_CONFIGURATIONS);
    }

    static Verdict check(List<Operation> history, int maxConfigurations) {
        try {
            return new LinearizabilityChecker(history, maxConfigurations).search(KeyState.EMPTY)
                    ? Verdict.LINEARIZABLE
                    : Verdict.NOT_LINEARIZABLE;
        } catch (TooMany e) {
            return Verdict.UNDECIDED;
        }
    }

    private boolean search(KeyState state) {
        BitSet before = (BitSet) done.clone();
        doWhatChangesNothing(state);
        boolean found = isExplained() || (isNew(state) && triesOne(state));
        if (!found) {
            done.clear();
            done.or(before);
        }
        return found;
    }

    /** An operation that fits now and changes nothing may as well take effect now: that hinders no other. */
    private void doWhatChangesNothing(KeyState state) {
        for (boolean again = true; again; ) {
            again = false;
            long end = firstReturn();
            for (int i = done.nextClearBit(0); i < known; i = done.nextClearBit(i + 1)) {
                Operation operation = operations.get(i);
                if (operation.called() <= end && successors(state, operation).equals(List.of(state))) {
                    done.set(i);
                    again = true;
                }
            }
        }
    }

    /** Of those that have not taken effect: nothing that was called later can come before it. */
    private long firstReturn() {
        int first = done.nextClearBit(0);
        return first < operations.size() ? operations.get(first).returned() : Operation.NEVER;
    }

    private boolean isExplained() {
        return firstReturn() == Operation.NEVER;
    }

    /** Not if it was tried with fewer of the unknown, which leaves more to go on with. */
    private boolean isNew(KeyState state) {
        BitSet unknown = done.get(known, operations.size());
        List<BitSet> before =
                tried.computeIfAbsent(new Configuration(done.get(0, known), state), key -> new ArrayList<>());
        if (before.stream().anyMatch(fewer -> isSubset(fewer, unknown))) {
            return false;
        }
        if (++configurations > maxConfigurations) {
            throw new TooMany();
        }
        return before.add(unknown);
    }

    private static boolean isSubset(BitSet fewer, BitSet more) {
        BitSet rest = (BitSet) fewer.clone();
        rest.andNot(more);
        return rest.isEmpty();
    }

    private boolean triesOne(KeyState state) {
        long end = firstReturn();
        Set<Call> unknown = new HashSet<>();
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            // Of unknown calls that are alike the first can do what the others can.
            if (operation.called() > end || (operation.answer().isUnknown() && !unknown.add(operation.call()))) {
                continue;
            }
            done.set(i);
            for (KeyState next : successors(state, operation)) {
                if (contents.fit(next) && search(next)) {
                    return true;
                }
            }
            done.clear(i);
        }
        return false;
    }

    /** The states in which the operation may leave the key, given its answer; none if it cannot take effect in this one. */
    static List<KeyState> successors(KeyState state, Operation operation) {
        KeyState.Step step = state.apply(operation.call());
        if (operation.answer().isUnknown()) {
            String tag = operation.call().tag();
            if (!tag.equals(UNSEEN)
                    && state.running() != null
                    && state.running().has(tag)) {
                return List.of(); // It was stored in one write with others.
            }
            return Stream.concat(Stream.of(step.state()), joined(state, operation.call()))
                    .filter(next -> !next.equals(state))
                    .toList();
        }
        if (step.answer().equals(operation.answer())) {
            return List.of(step.state());
        }
        return switch (operation.call().kind()) {
            case MODIFY -> modified(state, operation);
            case FINISH_AND_GET, RESUME_AND_GET -> isSeenLater(operation, step) ? List.of(step.state()) : List.of();
            default -> List.of();
        };
    }

    /** A transition that the driver sent again answers with the session as it is by then: others may have changed it since. */
    private static boolean isSeenLater(Operation operation, KeyState.Step step) {
        Snapshot answered = operation.answer().session();
        Snapshot then = step.answer().session();
        return answered != null && then != null && answered.extendsOrEquals(then);
    }

    /** {@code modify} may give up, and what one process wants at the same time may be stored in one write under one version. */
    private static List<KeyState> modified(KeyState state, Operation operation) {
        if (operation.answer().outcome() == Outcome.VERSION_CONFLICT) {
            return List.of(state);
        }
        Snapshot stored = operation.answer().session();
        Snapshot running = state.running();
        if (stored == null || running == null) {
            return List.of();
        }
        boolean isOneWrite = stored.version() == running.version() + 1
                && stored.tags().startsWith(running.tags() + ",")
                && stored.has(operation.call().tag())
                && !running.has(operation.call().tag());
        boolean isDone = stored.equals(running) && stored.has(operation.call().tag());
        return isOneWrite || isDone ? List.of(new KeyState(stored, state.finished())) : List.of();
    }

    /** A change of unknown outcome may have been stored in one write with the last one. */
    private static Stream<KeyState> joined(KeyState state, Call call) {
        Snapshot running = state.running();
        if (call.kind() != Kind.MODIFY || call.tag().equals(UNSEEN) || running == null || running.version() == 1) {
            return Stream.empty();
        }
        Snapshot joined = new Snapshot(running.version(), running.tags() + "," + call.tag());
        return Stream.of(new KeyState(joined, state.finished()));
    }

    /** Ends the search. */
    private static final class TooMany extends RuntimeException {
        TooMany() {
            super(null, null, false, false);
        }
    }
}

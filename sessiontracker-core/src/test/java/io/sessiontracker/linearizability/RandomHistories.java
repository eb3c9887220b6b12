package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Histories of a store that does right, and what becomes of them when an answer is changed. */
final class RandomHistories {

    private static final int MAX_OVERLAP = 5;

    private RandomHistories() {}

    /** One call after the other. */
    static List<Operation> sequence(Random random, int size) {
        return history(random, size, 0);
    }

    /** Calls that took effect one after the other, and lasted from some time before that until some time after. */
    static List<Operation> overlapping(Random random, int size) {
        return history(random, size, MAX_OVERLAP);
    }

    private static List<Operation> history(Random random, int size, int overlap) {
        List<Operation> history = new ArrayList<>();
        List<Snapshot> seen = new ArrayList<>();
        KeyState state = KeyState.EMPTY;
        for (int i = 0; i < size; i++) {
            Call call = call(random, i, seen);
            KeyState.Step step = state.apply(call);
            state = step.state();
            long effect = i * 10L;
            boolean unknown = overlap > 0 && random.nextInt(10) == 0;
            Answer answer = unknown ? Answer.UNKNOWN : step.answer();
            history.add(new Operation(
                    "k",
                    "c" + i,
                    call,
                    answer,
                    answer.session() == null ? null : "id-" + answer.session().startTag(),
                    effect - random.nextInt(10 * overlap + 1),
                    effect + random.nextInt(10 * overlap + 1)));
            if (answer.session() != null) {
                seen.add(answer.session());
            }
        }
        return history;
    }

    private static Call call(Random random, int number, List<Snapshot> seen) {
        Call.Kind kind = pick(random, List.of(Call.Kind.values()));
        boolean takesInstance = switch (kind) {
            case UPDATE, UPDATE_AND_GET -> true;
            case FINISH, FINISH_AND_GET, RESUME, RESUME_AND_GET, DELETE -> random.nextInt(3) == 0;
            default -> false;
        };
        if (takesInstance && seen.isEmpty()) {
            return new Call(Call.Kind.START, "t" + number, null);
        }
        // Mostly the latest, so that it often succeeds.
        Snapshot base = takesInstance ? seen.get(Math.max(0, seen.size() - 1 - random.nextInt(3))) : null;
        return new Call(kind, "t" + number, base);
    }

    /** Changes an answer, but none that another call's instance came with: there was such a session, whatever the other answers. */
    static List<Operation> mutated(Random random, List<Operation> history) {
        List<Operation> mutated = new ArrayList<>(history);
        int index = random.nextInt(history.size());
        Operation operation = history.get(index);
        Snapshot session = operation.answer().session();
        boolean isBase = session != null
                && history.stream()
                        .anyMatch(other -> session.equals(other.call().base()));
        if (!operation.answer().isUnknown() && !isBase) {
            mutated.set(index, operation.withAnswer(otherAnswer(random, history, operation)));
        }
        return mutated;
    }

    /** One that another operation got, or the same with another version. */
    static Answer otherAnswer(Random random, List<Operation> history, Operation operation) {
        Answer answer = operation.answer();
        return pick(
                random,
                Stream.concat(
                                history.stream().map(Operation::answer),
                                Stream.of(Answer.OK, Answer.NOT_FOUND, shifted(answer)))
                        .filter(other -> !other.equals(answer) && !other.isUnknown())
                        .toList());
    }

    private static Answer shifted(Answer answer) {
        Snapshot session = answer.session();
        Snapshot other = session == null ? null : new Snapshot(session.version() + 1, session.tags());
        return new Answer(answer.outcome(), other, answer.actual() == 0 ? 0 : answer.actual() + 1);
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

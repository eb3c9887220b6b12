package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import io.sessiontracker.linearizability.Answer.Outcome;
import io.sessiontracker.linearizability.Call.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinearizabilityCheckerTest {

    private static final Snapshot A = Snapshot.started("a");
    private static final Snapshot AB = A.written("b");
    private static final Snapshot AC = A.written("c");
    private static final Snapshot ABC = AB.written("c");

    private final List<Operation> operations = new ArrayList<>();

    @Test
    void shouldAcceptConcurrentWritesInEitherOrder() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 9, Kind.MODIFY, "c", Answer.ok(ABC));
        add(3, 8, Kind.MODIFY, "b", Answer.ok(AB));
        assertAccepted();
    }

    @Test
    void shouldAcceptAnUnknownWriteThatTakesEffectMuchLater() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.UNKNOWN);
        add(4, 5, Kind.GET, "r", Answer.ok(A));
        add(6, 7, Kind.GET, "s", Answer.ok(AB));
        assertAccepted();
    }

    @Test
    void shouldAcceptAnUnknownWriteThatNeverTakesEffect() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.DELETE, "d", Answer.UNKNOWN);
        add(4, 5, Kind.MODIFY, "b", Answer.ok(AB));
        assertAccepted();
    }

    @Test
    void shouldAcceptChangesThatShareAWrite() {
        Snapshot shared = new Snapshot(2, "a,b,c");
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 8, Kind.MODIFY, "b", Answer.ok(shared));
        add(3, 7, Kind.MODIFY, "c", Answer.ok(shared));
        add(4, 6, Kind.GET, "r", Answer.ok(shared));
        assertAccepted();
    }

    @Test
    void shouldAcceptAnUnknownChangeThatSharedAWrite() {
        Snapshot shared = new Snapshot(2, "a,b,c");
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.UNKNOWN);
        add(2, 3, Kind.MODIFY, "c", Answer.UNKNOWN);
        add(6, 7, Kind.GET, "r", Answer.ok(shared));
        assertAccepted();
    }

    /** The eleventh version of {@code a}, and the first of {@code a1}. */
    @Test
    void shouldDistinguishVersionsOfTwoStartsApart() {
        Snapshot session = A;
        add(0, 1, Kind.START, "a", Answer.ok(session));
        for (int i = 1; i <= 10; i++) {
            session = session.written("m" + i);
            add(2 * i, 2 * i + 1, Kind.MODIFY, "m" + i, Answer.ok(session));
        }
        add(30, 31, Kind.DELETE, "d", Answer.OK);
        add(32, 33, Kind.START, "a1", Answer.ok(Snapshot.started("a1")));
        assertAccepted();
    }

    @Test
    void shouldRejectALostUpdate() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 5, Kind.MODIFY, "b", Answer.ok(AB));
        add(3, 6, Kind.MODIFY, "c", Answer.ok(AC));
        assertRejected();
    }

    @Test
    void shouldRejectAWriteThatIsNotSeen() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.ok(AB));
        add(4, 5, Kind.GET, "r", Answer.ok(A));
        assertRejected();
    }

    @Test
    void shouldRejectAChangeThatIsAppliedTwice() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 9, Kind.MODIFY, "b", Answer.ok(ABC.written("b")));
        add(3, 4, Kind.MODIFY, "c", Answer.ok(ABC));
        assertRejected();
    }

    @Test
    void shouldRejectAnUnknownChangeThatIsAppliedTwice() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.UNKNOWN);
        add(4, 5, Kind.MODIFY, "c", Answer.ok(ABC));
        add(6, 7, Kind.GET, "r", Answer.ok(ABC.written("b")));
        assertRejected();
    }

    @Test
    void shouldRejectAConflictWhoseUpdateWasStored() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 9, Kind.UPDATE, "b", A, new Answer(Outcome.VERSION_CONFLICT, null, 3));
        add(3, 4, Kind.MODIFY, "c", Answer.ok(ABC));
        assertRejected();
    }

    @Test
    void shouldRejectAFailedStartThatIsSeen() {
        add(0, 1, Kind.START, "a", Answer.NOT_FOUND);
        add(2, 3, Kind.GET, "r", Answer.ok(A));
        assertRejected();
    }

    @Test
    void shouldRejectTwoStartsOfOneKey() {
        add(0, 5, Kind.START, "a", Answer.ok(A));
        add(1, 6, Kind.START, "b", Answer.ok(Snapshot.started("b")));
        assertRejected();
    }

    @Test
    void shouldRejectAResurrectedSession() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.DELETE, "d", Answer.OK);
        add(4, 5, Kind.GET, "r", Answer.ok(A));
        assertRejected();
    }

    @Test
    void shouldRejectAResumeThatLostAWrite() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.ok(AB));
        add(4, 5, Kind.FINISH, "f", Answer.OK);
        add(6, 7, Kind.RESUME_AND_GET, "g", Answer.ok(A));
        assertRejected();
    }

    @Test
    void shouldRejectAFinishOfAnotherVersion() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.ok(AB));
        add(4, 5, Kind.FINISH, "f", A, Answer.OK);
        assertRejected();
    }

    @Test
    void shouldRejectTwoContentsOfOneVersion() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.MODIFY, "b", Answer.UNKNOWN);
        add(2, 3, Kind.MODIFY, "c", Answer.UNKNOWN);
        add(4, 5, Kind.GET, "r", Answer.ok(AB));
        add(6, 7, Kind.GET, "s", Answer.ok(new Snapshot(2, "a,b,c")));
        assertRejected();
    }

    /** Without overlap each call has one answer, so that every other one is wrong. */
    @RepeatedTest(100)
    void shouldAcceptASequenceAndRejectEveryOtherAnswerInIt() {
        Random random = random();
        operations.addAll(RandomHistories.sequence(random, 40));
        assertAccepted();
        for (int i = 0; i < operations.size(); i++) {
            Operation right = operations.get(i);
            Operation wrong = right.withAnswer(RandomHistories.otherAnswer(random, operations, right));
            if (!mayAnswer(right, wrong.answer())) {
                operations.set(i, wrong);
                assertRejected();
                operations.set(i, right);
            }
        }
    }

    @RepeatedTest(100)
    void shouldAcceptAnEffectWithinItsCall() {
        operations.addAll(RandomHistories.overlapping(random(), 200));
        assertAccepted();
    }

    /** Against one that tries all orders. */
    @RepeatedTest(300)
    void shouldDecideAsTryingAllOrders() {
        Random random = random();
        List<Operation> history = RandomHistories.overlapping(random, 6);
        for (int mutation = 0; mutation < 20; mutation++) {
            if (isConsistent(history)) {
                boolean expected = AllOrders.explain(history, KeyState.EMPTY);
                assertThat(LinearizabilityChecker.check(history) == LinearizabilityChecker.Verdict.LINEARIZABLE)
                        .as("%s", new History("k", history))
                        .isEqualTo(expected);
            }
            history = RandomHistories.mutated(random, history);
        }
    }

    /** Otherwise it is rejected before any order is tried. */
    private static boolean isConsistent(List<Operation> history) {
        Contents contents = new Contents(history);
        return history.stream()
                .map(operation -> operation.answer().session())
                .filter(Objects::nonNull)
                .allMatch(contents::fit);
    }

    @Test
    void shouldShrinkToTheViolation() {
        add(0, 1, Kind.START, "a", Answer.ok(A));
        add(2, 3, Kind.GET, "r", Answer.ok(A));
        add(4, 5, Kind.MODIFY, "b", Answer.ok(AB));
        add(6, 7, Kind.GET, "s", Answer.ok(A));
        add(8, 9, Kind.GET, "t", Answer.ok(AB));

        assertThat(new History("k", operations).shrunk().operations())
                .extracting(operation -> operation.call().tag())
                .containsExactly("a", "b", "s");
    }

    @Test
    void shouldReadItsOwnOutput() {
        operations.addAll(RandomHistories.overlapping(random(), 100));
        assertThat(operations)
                .allSatisfy(operation ->
                        assertThat(Operation.parse(operation.line())).isEqualTo(operation));
    }

    /** What is not decided by the state alone. */
    private static boolean mayAnswer(Operation operation, Answer other) {
        Snapshot right = operation.answer().session();
        return switch (operation.call().kind()) {
            case MODIFY -> other.outcome() == Outcome.VERSION_CONFLICT;
            case FINISH_AND_GET, RESUME_AND_GET ->
                right != null && other.session() != null && other.session().extendsOrEquals(right);
            default -> false;
        };
    }

    private static Random random() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private void add(long called, long returned, Kind kind, String tag, Answer answer) {
        add(called, returned, kind, tag, null, answer);
    }

    private void add(long called, long returned, Kind kind, String tag, @Nullable Snapshot base, Answer answer) {
        String id = answer.session() == null ? null : "id-" + answer.session().startTag();
        operations.add(new Operation("k", "c", new Call(kind, tag, base), answer, id, called, returned));
    }

    private void assertAccepted() {
        assertThat(new History("k", operations).violation()).isEmpty();
    }

    private void assertRejected() {
        assertThat(new History("k", operations).violation())
                .as("%s", new History("k", operations))
                .isNotEqualTo(Optional.empty());
    }
}

package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.List;

/** Decides as simply and slowly as can be, to compare {@link LinearizabilityChecker} with. */
final class AllOrders {

    private AllOrders() {}

    static boolean explain(List<Operation> left, KeyState state) {
        if (left.stream().allMatch(operation -> operation.answer().isUnknown())) {
            return true;
        }
        for (Operation next : left) {
            if (left.stream().noneMatch(other -> other.precedes(next))) {
                List<Operation> rest = new ArrayList<>(left);
                rest.remove(next);
                for (KeyState then : LinearizabilityChecker.successors(state, next)) {
                    if (explain(rest, then)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}

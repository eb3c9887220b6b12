package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.history.SessionSteps.Delete;
import io.sessiontracker.history.TypeSteps.Condition;
import io.sessiontracker.history.TypeSteps.Count;
import io.sessiontracker.history.TypeSteps.MoveClock;
import io.sessiontracker.history.TypeSteps.Remind;
import io.sessiontracker.history.TypeSteps.Scan;
import io.sessiontracker.history.TypeSteps.Sweep;
import io.sessiontracker.spi.SessionStates;

/**
 * How each history ends: everything is counted and scanned, and all expired sessions are claimed, also those claimed before. Then
 * what is there is deleted, and once all times are over nothing is left.
 */
final class Endings {

    private static final int LONGEST_LEASE = 4;
    private static final int AGES = 100_000;

    private Endings() {}

    /** Of the type that most happens to; each step looks into all of its buckets. */
    static List<Step> all() {
        String type = Address.A.address().type();
        List<Step> steps = new ArrayList<>(List.of(
                new Scan(type, false, 2, Condition.NOTHING_SPECIAL, null, false),
                new Scan(type, false, 2, Condition.NOTHING_SPECIAL, null, true),
                new Count(type, false),
                new Count(type, true),
                new Sweep(type, 3, LONGEST_LEASE, 0, true),
                new Remind(type, 3, LONGEST_LEASE, true),
                new MoveClock(LONGEST_LEASE),
                new Remind(type, 100, LONGEST_LEASE, true),
                new Sweep(type, 100, LONGEST_LEASE, 0, true)));
        for (Address address : Address.values()) {
            steps.add(new Delete(address, SessionStates.BOTH, Which.ANY, false));
        }
        steps.add(new MoveClock(AGES));
        for (String each : Address.TYPES) {
            steps.add(new Sweep(each, 100, LONGEST_LEASE, 0, true));
            steps.add(new Remind(each, 100, LONGEST_LEASE, true));
            steps.add(new Sweep(each, 0, LONGEST_LEASE, 0, true));
        }
        steps.add(History::assertNothingLeft);
        return steps;
    }
}

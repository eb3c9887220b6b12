package io.sessiontracker.linearizability;

import org.junit.jupiter.api.Test;

/** When another server becomes the master. See {@link FaultRun} for longer runs. */
class LinearizabilityAfterFailOverTest {

    private static final int PROCESSES = 3;

    /** Nothing is lost, and no client reads from the demoted master. */
    @Test
    void shouldBeLinearizableWhenItIsPlanned() {
        try (FailOverScene scene = new FailOverScene(PROCESSES)) {
            scene.run.assertLinearizable("PLANNED_FAIL_OVER", scene::plannedFailOver);
        }
    }
}

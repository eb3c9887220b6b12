package io.sessiontracker.linearizability;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** See {@link FaultRun} for longer runs; {@code -Dsessiontracker.test.faults.only=RESET} is for one fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinearizabilityUnderFaultsTest {

    private static final int PROCESSES = 3;
    private static final String ONLY = System.getProperty("sessiontracker.test.faults.only", "");

    private FaultScene scene;

    @BeforeAll
    void open() {
        scene = new FaultScene(PROCESSES);
    }

    @AfterAll
    void close() {
        scene.close();
    }

    static Stream<Fault> faults() {
        return ONLY.isEmpty() ? Stream.of(Fault.values()) : Stream.of(Fault.valueOf(ONLY));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldBeLinearizable(Fault fault) {
        assumeFalse(
                fault == Fault.KILLED_SERVER && "docker".equals(System.getProperty("sessiontracker.test.redis")),
                "a container's files end with it");
        scene.assertLinearizableUnder(fault);
    }
}

package io.sessiontracker.benchmarks.measure;

import java.nio.file.Path;
import java.util.List;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ThroughputTest {

    @Test
    void shouldFailInsteadOfMeasuringFailedCalls() {
        try (BenchmarkEnvironment environment = BenchmarkEnvironment.open()) {
            Throughput throughput = new Throughput(Plan.smoke(Path.of("unused")));
            List<String> candidates = List.of(Candidates.BASELINE);
            assertThatThrownBy(() -> throughput.run(candidates, Work.PEEK, 2, Payload.SMALL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("PEEK by [RedisTemplate + Jackson] could not be measured");
        }
    }
}

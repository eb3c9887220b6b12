package io.sessiontracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.sessiontracker.benchmarks.candidate.Candidates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs every benchmark once, without judging its speed. */
class SmokeTest {

    @Test
    void shouldMeasureEveryCandidateOnce(@TempDir Path directory) throws IOException {
        Path out = directory.resolve("benchmarks.md");

        String report = Main.run(Plan.smoke(out));

        assertThat(out).content().isEqualTo(report);
        assertThat(report)
                .contains(Candidates.all().stream().map(Candidates.Entry::name).toList());
        assertThat(report).doesNotContain("not measured");
        assertThat(Files.size(out)).isPositive();
    }
}

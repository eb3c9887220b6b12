package io.sessiontracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.JdbcCandidates;
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

    @Test
    void shouldMeasureEachDatabaseOnce(@TempDir Path directory) throws IOException {
        String report = JdbcMain.run(Plan.smoke(directory.resolve("jdbc.md")));

        assertThat(report)
                .contains("PostgreSQL", "H2")
                .contains(JdbcCandidates.works().keySet());
        assertThat(report).doesNotContain("not measured");
    }
}

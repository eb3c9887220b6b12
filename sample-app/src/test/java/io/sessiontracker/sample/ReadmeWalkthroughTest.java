package io.sessiontracker.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The commands of the docs answer as documented. */
class ReadmeWalkthroughTest {

    private static final Path SAMPLE = Path.of("../docs/sample-ui.md");
    private static final Path MANY_SESSIONS = Path.of("../docs/queries-and-expiration.md");
    private static final Path OPERATIONS = Path.of("../docs/operations.md");

    @Test
    void shouldAnswerAsDocumented() throws Exception {
        assumeThat(sh("command -v curl")).as("curl").isNotEmpty();
        ReadmeWalkthrough walkthrough = ReadmeWalkthrough.parse(
                Files.readString(SAMPLE) + Files.readString(MANY_SESSIONS) + Files.readString(OPERATIONS));
        String variables = walkthrough.steps().stream()
                .filter(ReadmeWalkthrough.Step::isVariable)
                .map(step -> step.command() + "\n")
                .collect(Collectors.joining());

        assertThat(walkthrough.steps())
                .filteredOn(ReadmeWalkthrough.Step::isCurl)
                .hasSizeGreaterThan(5)
                .allSatisfy(step -> assertThat(sh(variables + toTheseInstances(step.command())))
                        .as(step.command())
                        .matches(step.expected()));
    }

    private static String toTheseInstances(String command) {
        return command.replace("localhost:9080", "localhost:" + Shop.first().managementPort())
                .replace("localhost:8080", "localhost:" + Shop.first().port())
                .replace("localhost:8081", "localhost:" + Shop.second().port());
    }

    private static String sh(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.replaceAll("\\s*\\r?\\n", "\n").strip();
    }
}

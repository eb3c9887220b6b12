package io.sessiontracker.clock;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

class WrongClockTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aProcessWhoseClockIsWrongShouldDoTheSame(String offset, @TempDir Path directory) throws Exception {
        RedisNode server = RedisTopology.STANDALONE.servers().nodes().get(0);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-javaagent:" + agent(directory) + "=" + offset,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClockMain.class.getName(),
                        RedisTopology.newNamespace(),
                        server.getRequiredHost(),
                        Integer.toString(server.getRequiredPort()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        String last = output.lines().reduce((first, next) -> next).orElseThrow();
        Duration wrong = Duration.between(Instant.now(), Instant.parse(last));
        assertThat(wrong).as("how wrong its clock was").isCloseTo(Duration.parse(offset), Duration.ofMinutes(5));
    }

    /** A jar that only says which class the agent is; the class is on the class path. */
    private static Path agent(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", WrongClock.class.getName());
        Path jar = directory.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}

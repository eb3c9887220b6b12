package io.sessiontracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A child process. A second one waits for the end of this JVM, so that no server outlives a JVM that was killed. */
final class LocalRedisProcess implements RedisProcess {

    static final @Nullable String SELECTED = System.getProperty("sessiontracker.test.redis");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** Its input ends when this JVM does; then it kills the server and removes its directory. */
    private static final String REAPER = "read -r _; kill -9 \"$0\" 2>/dev/null; rm -rf \"$1\"";

    private final Process server;
    private final Process reaper;

    private LocalRedisProcess(Process server, Process reaper) {
        this.server = server;
        this.reaper = reaper;
    }

    static LocalRedisProcess start(String config, boolean sentinel, String ready) {
        try {
            Path directory = Files.createTempDirectory("sessiontracker-redis-");
            String place = config.contains("\ndir ") ? "" : "dir " + directory + "\n";
            Path file = Files.writeString(directory.resolve("redis.conf"), config + place);
            Path log = directory.resolve("log");
            List<String> command = new ArrayList<>(List.of(Binary.PATH, file.toString()));
            if (sentinel) {
                command.add("--sentinel");
            }
            Process server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Process reaper = new ProcessBuilder("sh", "-c", REAPER, Long.toString(server.pid()), directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            LocalRedisProcess process = new LocalRedisProcess(server, reaper);
            process.awaitReady(log, ready);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Path log, String ready) throws IOException {
        Awaitility.await("redis-server to start")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(START_TIMEOUT)
                .until(() -> !server.isAlive() || Files.readString(log).contains(ready));
        if (!server.isAlive()) {
            String output = Files.readString(log);
            kill();
            throw new StartFailure(output);
        }
    }

    /** Ends the reaper's input, which makes it do its work, and waits for both. */
    @Override
    public void kill() {
        try {
            reaper.getOutputStream().close();
            reaper.waitFor();
            server.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void freeze() {
        signal("STOP");
    }

    @Override
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The embedded binary is unpacked once in a JVM. */
    private static final class Binary {
        static final String PATH = find();

        private static String find() {
            try {
                return SELECTED != null
                        ? SELECTED
                        : ExecutableProvider.newJarResourceProvider().get().getPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

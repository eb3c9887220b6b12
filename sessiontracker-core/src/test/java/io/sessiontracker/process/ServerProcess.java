package io.sessiontracker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** A server as a child process. A second process waits for the end of this JVM, so that no server outlives a JVM that was killed. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** Its input ends when this JVM does; then it kills the server and removes its directory. A line dismisses it. */
    private static final String REAPER = "read -r _ && exit; kill -9 \"$0\" 2>/dev/null; rm -rf \"$1\"";

    private final Process server;
    private final Process reaper;

    private ServerProcess(Process server, Process reaper) {
        this.server = server;
        this.reaper = reaper;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param command its program and arguments
     * @param directory its files; they are removed when it is closed, or at the end of this JVM
     * @param ready what is in its output as soon as it can be connected to
     * @throws StartFailure if it ended instead; most likely its port is taken
     */
    public static ServerProcess start(List<String> command, Path directory, String ready) {
        try {
            Path log = Files.createTempFile(directory, "log", "");
            Process server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Process reaper = new ProcessBuilder("sh", "-c", REAPER, Long.toString(server.pid()), directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ServerProcess process = new ServerProcess(server, reaper);
            process.awaitReady(log, ready);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Path log, String ready) throws IOException {
        Awaitility.await("the server's start")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(START_TIMEOUT)
                .until(() -> !server.isAlive() || Files.readString(log).contains(ready));
        if (!server.isAlive()) {
            String output = Files.readString(log);
            close();
            throw new StartFailure(output);
        }
    }

    /** Kills the server and keeps its files: another process may be started with them. */
    public void kill() {
        server.destroyForcibly();
        Signals.awaitEnd(server.toHandle());
        try {
            reaper.getOutputStream().write('\n');
            reaper.getOutputStream().close();
            reaper.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the server and removes its files: ends the reaper's input, and waits for both. */
    @Override
    public void close() {
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

    /** Sends a signal, such as {@code STOP} or {@code CONT}. */
    public void signal(String name) {
        Signals.send(server, name);
    }

    /** The server did not come up; most likely its port is taken. */
    public static final class StartFailure extends RuntimeException {

        /** Creates a failure with the server's output. */
        public StartFailure(String message) {
            super(message);
        }
    }
}

package io.sessiontracker.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The near end of a process that runs {@link ExpiryWorkerMain}. */
final class ExpiryWorker implements AutoCloseable {

    /** What was told of a session. */
    record Told(String key, int count, String eventId) {
        static Told of(String line) {
            String[] words = line.split(" ", 3);
            return new Told(words[0], Integer.parseInt(words[1]), words[2]);
        }
    }

    private final Process process;
    private final Thread reader;
    private final List<Told> acknowledgeExpired = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    ExpiryWorker(List<String> nodes, String namespace, long leaseMillis, int most) {
        try {
            process = new ProcessBuilder(Worker.command(
                            ExpiryWorkerMain.class,
                            nodes,
                            namespace,
                            Long.toString(leaseMillis),
                            Integer.toString(most)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "teller");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            if (line.startsWith(ExpiryWorkerMain.TOLD)) {
                acknowledgeExpired.add(Told.of(line.substring(ExpiryWorkerMain.TOLD.length())));
            } else if (line.startsWith(ExpiryWorkerMain.FAILED)) {
                failures.add(line);
            }
        });
    }

    List<Told> acknowledgeExpired() {
        return acknowledgeExpired;
    }

    List<String> failures() {
        return failures;
    }

    /** As a crash of its machine would; what it said before is read. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}

package io.sessiontracker.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The near end of a process that runs {@link TellerMain}. */
final class Teller implements AutoCloseable {

    /** What was told of a session. */
    record Told(String key, int count, String eventId) {
        static Told of(String line) {
            String[] words = line.split(" ", 3);
            return new Told(words[0], Integer.parseInt(words[1]), words[2]);
        }
    }

    private final Process process;
    private final Thread reader;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Teller(List<String> nodes, String namespace, long leaseMillis, int most) {
        try {
            process = new ProcessBuilder(Worker.command(
                            TellerMain.class, nodes, namespace, Long.toString(leaseMillis), Integer.toString(most)))
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
            if (line.startsWith(TellerMain.TOLD)) {
                told.add(Told.of(line.substring(TellerMain.TOLD.length())));
            } else if (line.startsWith(TellerMain.FAILED)) {
                failures.add(line);
            }
        });
    }

    List<Told> told() {
        return told;
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

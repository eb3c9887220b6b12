package io.sessiontracker.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.process.Signals;
import io.sessiontracker.process.WorkerProcess;

/** A process that runs {@link ExpiryWorkerMain}. */
final class ExpiryWorker implements AutoCloseable {

    /** A delivered expiry. */
    record Delivery(String key, int count, String eventId) {
        static Delivery of(String line) {
            String[] words = line.split(" ", 3);
            return new Delivery(words[0], Integer.parseInt(words[1]), words[2]);
        }
    }

    private final Process process;
    private final Thread reader;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    ExpiryWorker(List<String> nodes, String namespace, long leaseMillis, int most) {
        try {
            List<String> arguments =
                    new ArrayList<>(List.of(namespace, Long.toString(leaseMillis), Integer.toString(most)));
            arguments.addAll(nodes);
            process = new ProcessBuilder(WorkerProcess.command(ExpiryWorkerMain.class, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "expiry-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            if (line.startsWith(ExpiryWorkerMain.DELIVERED)) {
                deliveries.add(Delivery.of(line.substring(ExpiryWorkerMain.DELIVERED.length())));
            } else if (line.startsWith(ExpiryWorkerMain.FAILED)) {
                failures.add(line);
            }
        });
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    List<String> failures() {
        return failures;
    }

    /** Kills the process; its earlier output is read. */
    void kill() {
        process.destroyForcibly();
        Signals.awaitEnd(process.toHandle());
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

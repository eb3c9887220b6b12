package io.sessiontracker.linearizability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rounds in each of which all clients call on a few new keys, while faults happen. There is one of each fault;
 * {@code -Dsessiontracker.test.faults=PT10M} spends that time on each instead. The seed, which
 * {@code -Dsessiontracker.test.faults.seed} sets, decides about calls and faults, but not about how they meet.
 */
final class FaultRun {

    static final long SEED = Long.getLong("sessiontracker.test.faults.seed", new Random().nextLong());

    /** What a round proved. */
    private record Round(int operations, int unknown, int faults, List<String> violations) {}

    private static final Duration DURATION = Duration.parse(System.getProperty("sessiontracker.test.faults", "PT0S"));
    private static final int LEAST_ROUNDS = 1;

    private static final int KEYS = 3;
    private static final int CALLS = 60;
    private static final Duration MOST = Duration.ofSeconds(4);
    private static final Path FAILURES = Path.of("target", "linearizability");

    private final List<ClientProcess> clients;
    private final Random random;
    private int rounds;
    private List<String> keys = List.of();
    private CompletableFuture<List<Operation>> calls = CompletableFuture.completedFuture(List.of());

    FaultRun(List<ClientProcess> clients) {
        System.out.println("sessiontracker.test.faults.seed=" + SEED);
        this.clients = clients;
        this.random = new Random(SEED);
        for (ClientProcess client : clients) {
            if (!client.sharesClock()) {
                throw new IllegalStateException("System.nanoTime() is another clock in another process here");
            }
        }
        // Their first calls load classes, for longer than a command may take.
        round("WARM_UP", () -> {});
    }

    /** Does that again and again while the clients call. */
    void assertLinearizable(String name, Runnable fault) {
        long end = System.nanoTime() + DURATION.toNanos();
        List<Round> done = new ArrayList<>();
        while (done.size() < LEAST_ROUNDS || System.nanoTime() - end < 0) {
            done.add(round(name, fault));
        }
        System.out.printf(
                "%s: %d rounds, %d operations, %d of them unknown, %d faults%n",
                name,
                done.size(),
                done.stream().mapToInt(Round::operations).sum(),
                done.stream().mapToInt(Round::unknown).sum(),
                done.stream().mapToInt(Round::faults).sum());
        assertThat(done).flatExtracting(Round::violations).isEmpty();
    }

    /** Of the present round. */
    List<String> keys() {
        return keys;
    }

    private Round round(String name, Runnable fault) {
        int round = ++rounds;
        keys = IntStream.range(0, KEYS)
                .mapToObj(i -> "%s-%d-%d".formatted(name, round, i))
                .toList();
        clients.forEach(client -> client.run(random.nextLong(), CALLS, MOST, keys));
        List<CompletableFuture<List<Operation>>> histories = clients.stream()
                .map(client -> CompletableFuture.supplyAsync(client::history, task -> new Thread(task).start()))
                .toList();
        calls = CompletableFuture.allOf(histories.toArray(CompletableFuture[]::new))
                .thenApply(all -> histories.stream()
                        .flatMap(history -> history.join().stream())
                        .toList());
        int faults = 0;
        for (; !calls.isDone(); faults++) {
            fault.run();
            pause(Duration.ofMillis(10 + random.nextInt(90)));
        }
        return report(calls.join(), faults);
    }

    /** Waits so long, or until the round ends. */
    void pause(Duration duration) {
        try {
            calls.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException expected) {
            // The clients go on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Round report(List<Operation> operations, int faults) {
        List<String> violations = History.byKey(operations).stream()
                .map(FaultRun::violation)
                .filter(violation -> violation != null)
                .toList();
        int unknown = (int) operations.stream()
                .filter(operation -> operation.answer().isUnknown())
                .count();
        return new Round(operations.size(), unknown, faults, violations);
    }

    private static @Nullable String violation(History history) {
        return history.violation()
                .map(reason -> {
                    String text = reason + "\n\nshrunk: " + history.shrunk() + "\nwhole: " + history + "\n"
                            + history.operations().stream().map(Operation::line).collect(Collectors.joining("\n"));
                    try {
                        Path file = Files.createDirectories(FAILURES).resolve(history.key() + ".txt");
                        return reason + ": see " + Files.writeString(file, text).toAbsolutePath();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(null);
    }
}

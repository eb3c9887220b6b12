package io.sessiontracker.race;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockedSession;
import io.sessiontracker.SessionLock;
import io.sessiontracker.process.WorkerProcess;
import org.jspecify.annotations.Nullable;

/** A process that executes the commands in its input and answers each with a line. Ends with its input. */
final class WorkerMain {

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final TestNode node;
    private @Nullable LockedSession<Tally> held;

    private WorkerMain(TestNode node) {
        this.node = node;
    }

    public static void main(String[] args) throws IOException {
        try (TestNode node = new TestNode(TestNode.nodes(args, 2), args[0], TestNode.Locks.valueOf(args[1]))) {
            WorkerProcess.execute(new WorkerMain(node)::carryOut);
        }
    }

    private String carryOut(String[] words) {
        return switch (words[0]) {
            case "start-all" -> startAll(words[1], Integer.parseInt(words[2]));
            case "modify" -> modify(node, words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "raise-under-lock" -> raiseUnderLock(words[1], Integer.parseInt(words[2]));
            case "hold" -> hold(words[1], LockOptions.lease(Duration.ofMillis(Long.parseLong(words[2]))));
            case "hold-renewed" ->
                hold(words[1], LockOptions.lease(MultiProcessRaceContract.LEASE).withRenewal());
            case "write" -> write(Integer.parseInt(words[1]));
            case "status" -> held().lock().status().toString();
            case "release" -> release();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Returns the numbers of the sessions that this process started. */
    private String startAll(String prefix, int count) {
        StringJoiner won = new StringJoiner(" ");
        for (int i = 0; i < count; i++) {
            if (node.tracker.start(new Tally(prefix + i)).isSuccess()) {
                won.add(Integer.toString(i));
            }
        }
        return won.toString();
    }

    /** Modifies a session with several threads, without retries. */
    static String modify(TestNode node, String key, int threads, int times) {
        List<CompletableFuture<Void>> callers = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < times; i++) {
                                node.tracker
                                        .modify(Tally.class, key, tally -> tally.count++)
                                        .orElseThrow();
                            }
                        },
                        task -> new Thread(task).start()))
                .limit(threads)
                .toList();
        try {
            callers.forEach(CompletableFuture::join);
            return "done";
        } catch (CompletionException refused) {
            return String.valueOf(refused.getCause());
        }
    }

    /** Increments a number that only the lock protects. */
    private String raiseUnderLock(String key, int times) {
        for (int i = 0; i < times; i++) {
            try (SessionLock lock = node.tracker
                    .lock(Tally.class, key, LockOptions.waitFor(MAX_WAIT))
                    .orElseThrow()) {
                String number = node.template.opsForValue().get(key);
                node.template
                        .opsForValue()
                        .set(key, Integer.toString(number == null ? 1 : Integer.parseInt(number) + 1));
                if (!lock.isAcquired()) {
                    return "the lease ran out, so this run proves nothing";
                }
            }
        }
        return "done";
    }

    private String hold(String key, LockOptions options) {
        held = node.tracker
                .getLocked(Tally.class, key, options.withWait(MAX_WAIT))
                .orElseThrow();
        return "held";
    }

    private String write(int count) {
        held().session().count = count;
        return node.tracker
                .update(held().session())
                .failure()
                .map(error -> error.getClass().getSimpleName())
                .orElse("stored");
    }

    private String release() {
        held().close();
        return "released";
    }

    private LockedSession<Tally> held() {
        if (held == null) {
            throw new IllegalStateException("nothing is held");
        }
        return held;
    }
}

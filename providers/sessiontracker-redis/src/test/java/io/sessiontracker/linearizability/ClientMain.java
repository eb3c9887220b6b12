package io.sessiontracker.linearizability;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.testing.RedisServers;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A process with several clients of one tracker. It does what the lines it reads say, and ends with its input. */
final class ClientMain {

    /** Begin the lines that are meant for the other process. */
    static final String OPERATION = "operation: ";

    static final String DONE = "done: ";

    private static final int CLIENTS = 3;
    private static final Duration LONG = Duration.ofHours(1);
    private static final SessionTypeSettings SETTINGS = new SessionTypeSettings(
            SessionEntryOptions.absolute(LONG).withSliding(LONG.dividedBy(2)),
            null,
            SessionEntryOptions.absolute(LONG),
            LockSettings.BUILT_IN);

    private ClientMain() {}

    /** Arguments: a name, a namespace, the command time-out in milliseconds, and how to connect. */
    public static void main(String[] args) throws Exception {
        LettuceConnectionFactory connections = RedisServers.connect(
                ClientProcess.connection(args[3]),
                client -> client.commandTimeout(Duration.ofMillis(Long.parseLong(args[2]))));
        RedisServers.awaitConnected(connections);
        try (ClosableSessionTracker tracker = tracker(connections, args[1]);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                obey(line.split(" "), tracker, args[0], threads);
            }
            threads.shutdownNow();
        } finally {
            connections.destroy();
        }
    }

    private static ClosableSessionTracker tracker(LettuceConnectionFactory connections, String namespace) {
        return new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(SETTINGS, Map.of()))
                .build();
    }

    /** {@code clock}; or {@code run}, a seed, how many calls, the most milliseconds, keys. */
    private static void obey(String[] words, ClosableSessionTracker tracker, String name, ExecutorService threads)
            throws Exception {
        if (words[0].equals("run")) {
            long seed = Long.parseLong(words[1]);
            int calls = Integer.parseInt(words[2]);
            long nanos = Duration.ofMillis(Long.parseLong(words[3])).toNanos();
            List<String> keys = List.of(words).subList(4, words.length);
            List<Callable<List<Operation>>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new JournalClient(tracker, name + i, seed + i))
                    .<Callable<List<Operation>>>map(client -> () -> client.run(keys, calls, nanos))
                    .toList();
            for (Future<List<Operation>> history : threads.invokeAll(clients)) {
                history.get().forEach(operation -> System.out.println(OPERATION + operation.line()));
            }
        }
        System.out.println(DONE + System.nanoTime());
    }
}

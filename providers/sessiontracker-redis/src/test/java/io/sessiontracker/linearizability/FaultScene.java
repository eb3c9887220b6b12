package io.sessiontracker.linearizability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;

/** One server that keeps what it acknowledged, and processes that reach it through a proxy each. */
final class FaultScene implements AutoCloseable {

    /** In milliseconds; most of the pauses up to it are longer than a command's time-out. */
    static final int LONG = 1000;

    static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    final RedisServer server;
    final List<FaultProxy> proxies = new ArrayList<>();
    final List<ClientProcess> clients = new ArrayList<>();
    final Random random;
    private final FaultRun run;

    FaultScene(int processes) {
        random = new Random(FaultRun.SEED);
        server = RedisServer.launch("dir " + directory(), "appendonly yes", "appendfsync always");
        String namespace = RedisTopology.newNamespace();
        for (int i = 0; i < processes; i++) {
            FaultProxy proxy = FaultProxy.to(server);
            proxies.add(proxy);
            clients.add(new ClientProcess(
                    "p" + i + "c", namespace, COMMAND_TIMEOUT, proxy.node().asString()));
        }
        run = new FaultRun(clients);
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("sessiontracker-faults-");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void assertLinearizableUnder(Fault fault) {
        run.assertLinearizable(fault.name(), () -> fault.inject(this));
    }

    /** Does something to the way of one client process or of all, and something else later. */
    void atSome(Consumer<FaultProxy> begin, int mostMillis, Consumer<FaultProxy> end) {
        List<FaultProxy> victims =
                random.nextInt(4) == 0 ? proxies : List.of(proxies.get(random.nextInt(proxies.size())));
        victims.forEach(begin);
        pause(mostMillis);
        victims.forEach(end);
    }

    void endAndRestore(FaultProxy proxy) {
        if (random.nextBoolean()) {
            proxy.cut();
        } else {
            proxy.hangUp();
        }
        proxy.restore();
    }

    /** What was held arrives, or is lost. */
    void heal(FaultProxy proxy) {
        if (random.nextBoolean()) {
            proxy.cut();
        }
        proxy.restore();
    }

    Duration upTo(int mostMillis) {
        return Duration.ofMillis(1 + random.nextInt(mostMillis));
    }

    /** Some time, at most until the round ends. */
    void pause(int mostMillis) {
        if (mostMillis > 0) {
            run.pause(upTo(mostMillis));
        }
    }

    @Override
    public void close() {
        clients.forEach(ClientProcess::close);
        proxies.forEach(FaultProxy::close);
        server.close();
    }
}

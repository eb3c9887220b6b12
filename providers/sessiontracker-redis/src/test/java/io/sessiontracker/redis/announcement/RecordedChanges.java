package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/** What a listener was notified of. */
final class RecordedChanges implements SessionAnnouncements.Listener {

    private static final Lifetimes ANNOUNCED = new Lifetimes(60_000, 0, 0, 0).withAnnounced(true);

    final List<SessionAddress> changes = new CopyOnWriteArrayList<>();
    final AtomicInteger missed = new AtomicInteger();

    /** Starts a session whose changes are announced. */
    static void start(SessionDataProvider store, SessionAddress address) {
        OperationToken token = OperationToken.random();
        var unused = store.start(
                        address,
                        List.of(token.newSessionId()),
                        new SessionData(Map.of(), new byte[0]),
                        ANNOUNCED,
                        token,
                        false)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void changed(SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write) {
        changes.add(address);
    }

    @Override
    public void missed() {
        missed.incrementAndGet();
    }

    @Override
    public void confirmed(Duration delay) {}
}

package io.sessiontracker.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;

/**
 * Stores sessions as another release of the application wrote them, so that a test can read them by the application's own class and
 * upcasters. A bean of the {@link SessionTrackerTest} slice.
 */
public final class StoredSessions {

    private final SessionDataProvider data;
    private final SessionTrackerSettings settings;

    StoredSessions(SessionDataProvider data, SessionTrackerSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts a session without properties, and with its type's lifetimes.
     *
     * @param type the class that is to read it
     * @param json its state; that of a version above 1 begins with <code>{"$version":2</code>, without blanks
     * @throws IllegalStateException if a session runs under that key
     */
    public void start(Class<? extends Session> type, String key, String json) {
        String name = SessionInternals.requireTypeName(type);
        SessionTypeSettings ofType = settings.of(name);
        OperationToken token = OperationToken.random();
        CompletableFuture<StoreReply> reply = data.start(
                        new SessionAddress(name, key),
                        List.of(token.newSessionId()),
                        new SessionData(Map.of(), ofType.indexedProperties(), json.getBytes(StandardCharsets.UTF_8)),
                        Lifetimes.of(ofType.running(), ofType.expiredRetention())
                                .withQueryable(ofType.queryable()),
                        token,
                        false)
                .toCompletableFuture();
        if (!(reply.join() instanceof StoreReply.Started)) {
            throw new IllegalStateException("A session %s/%s is running already".formatted(name, key));
        }
    }
}

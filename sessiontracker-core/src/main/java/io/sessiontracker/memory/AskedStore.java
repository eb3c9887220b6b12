package io.sessiontracker.memory;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** The announcements of a store that is asked at each use of a copy, and so need not announce anything. */
record AskedStore(SessionDataProvider store) implements SessionAnnouncements {

    private static final Subscription NOTHING_MISSING = new Subscription() {
        @Override
        public long lagMillis(String type) {
            return 0;
        }

        @Override
        public void suspend() {}

        @Override
        public void resume() {}
    };

    @Override
    public CompletionStage<CopyReply> read(
            SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch) {
        CompletionStage<StoreReply> reply = known == null || write == null
                ? store.get(address, touch)
                : store.getIfChanged(address, known, write, touch);
        return reply.thenApply(answer -> new CopyReply(answer, 0, 0));
    }

    @Override
    public Subscription subscribe(Duration heartbeat, Listener listener) {
        return NOTHING_MISSING;
    }
}

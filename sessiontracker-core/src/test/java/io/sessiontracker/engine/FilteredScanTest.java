package io.sessiontracker.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.state.MapKeyStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.time.Clock.systemUTC;
import static org.assertj.core.api.Assertions.assertThat;

/** What the engine leaves to a store of a filter. */
class FilteredScanTest {

    private final DoingStore store = new DoingStore();
    private final ClosableSessionTracker tracker =
            new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec()).buildIdle();

    @Test
    void shouldOfferTheWholeFilterAndCheckTheResidual() {
        start("a", Map.of("tenant", "acme", "colour", "red"));
        start("b", Map.of("tenant", "other", "colour", "red"));
        start("c", Map.of("tenant", "acme", "colour", "blue"));
        store.residual = SessionFilter.parse("colour is 'red'");

        assertThat(tracker.query(Ticket.class).where("tenant is 'acme' and colour is 'red'").stream())
                .extracting(Session::getKey)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(store.offered).isEqualTo(SessionFilter.parse("tenant is 'acme' and colour is 'red'"));
    }

    @Test
    void shouldCheckNothingWhereTheStoreDidItAll() {
        start("a", Map.of());
        store.residual = null;

        assertThat(tracker.query(Ticket.class).where("has tenant").count()).isEqualTo(1);
    }

    private void start(String key, Map<String, String> properties) {
        Ticket ticket = new Ticket(key);
        ticket.getProperties().putAll(properties);
        tracker.start(ticket).orElseThrow();
    }

    /** A store that says it did all but the residual. */
    private static final class DoingStore extends KeyStateDataProvider {

        private @Nullable SessionFilter residual;
        private @Nullable SessionFilter offered;

        DoingStore() {
            super(new MapKeyStateStore(systemUTC()));
        }

        @Override
        public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
            offered = scan.filter();
            SessionScan all = new SessionScan(scan.type(), scan.finished(), scan.after(), scan.limit());
            List<SessionScan.Item> items =
                    super.scan(all).toCompletableFuture().join().sessions();
            return CompletableFuture.completedStage(new SessionScan.Reply(items, List.of(), null, residual));
        }
    }

    @SessionType("ticket")
    static class Ticket extends Session {
        Ticket(String key) {
            super(key);
        }
    }
}

package io.sessiontracker.memory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Lincheck;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls on one key of the store in memory, in several threads: each takes effect at one moment. */
@Tag(Lincheck.TAG)
class InMemoryStoreLincheckTest {

    @Test
    void shouldMakeEachCallAtomic() {
        Lincheck.stress(OneKey.class);
    }

    /** The sequential specification is the same store, called by one thread. */
    @Param(name = "tag", gen = IntGen.class, conf = "1:9")
    @Param(name = "version", gen = IntGen.class, conf = "1:3")
    public static class OneKey {

        private static final SessionAddress ADDRESS = new SessionAddress("cart", "key");
        private static final Lifetimes FOR_EVER = new Lifetimes(0, 0, 0, 0);
        private static final String ID = "AAAAAAAAAAAAAAAA";

        private final SessionDataProvider store =
                new InMemorySessionDataProvider(Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC));

        @Operation(params = "tag")
        public String start(int tag) {
            return text(store.start(ADDRESS, List.of(ID), data(tag), FOR_EVER, token(tag), true));
        }

        @Operation
        public String get() {
            return text(store.get(ADDRESS, true));
        }

        @Operation(params = {"version", "tag"})
        public String update(int version, int tag) {
            return text(store.update(ADDRESS, new SessionVersion(ID, version), data(tag), token(100 + tag)));
        }

        @Operation(params = "tag")
        public String finish(int tag) {
            return text(store.finish(ADDRESS, null, FOR_EVER, token(200 + tag), true));
        }

        @Operation(params = "tag")
        public String resume(int tag) {
            return text(store.resume(ADDRESS, null, FOR_EVER, token(300 + tag), true));
        }

        @Operation(params = "tag")
        public String delete(int tag) {
            return text(store.delete(ADDRESS, SessionStates.BOTH, null, token(400 + tag), true));
        }

        private static OperationToken token(int operation) {
            return new OperationToken(operation, 0);
        }

        private static SessionData data(int tag) {
            return new SessionData(Map.of(), Integer.toString(tag).getBytes(StandardCharsets.UTF_8));
        }

        private static String text(CompletionStage<StoreReply> stage) {
            StoreReply reply = stage.toCompletableFuture().join();
            return reply instanceof StoreReply.Done done && done.session() != null
                    ? new String(done.session().data().payload(), StandardCharsets.UTF_8)
                            + done.session().version()
                    : reply.getClass().getSimpleName();
        }
    }
}

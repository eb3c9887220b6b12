package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.dynamodb.FaultyDynamoDb.Fault;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Sessions over a connection that throttles, fails and loses requests and replies; the client repeats what it may. */
class StoreFaultTest {

    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    private static final String PUT = "PutItem";

    private final FaultyDynamoDb faulty = new FaultyDynamoDb();
    private final String namespace = "faults:" + UUID.randomUUID();
    private final SessionDataProvider store =
            new DynamoDbSessionDataProvider(faulty.table(LocalDynamoDb.table()), namespace);
    private final SessionDataProvider other = new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
    private final SessionAddress address = new SessionAddress("checkout", "key");

    @AfterEach
    void close() {
        faulty.close();
    }

    @Test
    void shouldRecogniseAWriteWhoseReplyWasLost() {
        SessionVersion version = start();
        faulty.next(PUT, Fault.LOST_REPLY);
        assertThat(join(update(store, version, "1"))).isInstanceOf(StoreReply.Done.class);
        assertThat(stored().version()).isEqualTo(version.next());
    }

    @Test
    void shouldRecogniseATransactionWhoseReplyWasLost() {
        start();
        faulty.next("TransactWriteItems", Fault.LOST_REPLY);
        assertThat(join(store.finish(address, null, HOUR, OperationToken.random(), true)))
                .isInstanceOf(StoreReply.Done.class);
        assertThat(join(other.getFinished(address))).isInstanceOf(StoreReply.Done.class);
    }

    @Test
    void shouldSayThatItDoesNotKnowWhereAnotherWroteSinceALostReply() {
        SessionVersion version = start();
        faulty.next(PUT, Fault.LOST_REPLY);
        CompletableFuture<Void> repetition = faulty.hold(PUT);
        faulty.clearRequests();
        CompletionStage<StoreReply> update = update(store, version, "1");
        await().until(() -> faulty.requests(PUT) == 2);
        join(update(other, version.next(), "2"));
        repetition.complete(null);

        assertThatThrownBy(() -> join(update))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("not known");
        assertThat(number(stored())).isEqualTo("2");
    }

    @Test
    void shouldRepeatWhatIsThrottled() {
        SessionVersion version = start();
        faulty.next(PUT, Fault.THROTTLED, Fault.FAILED, Fault.LOST_REQUEST);
        assertThat(join(update(store, version, "1"))).isInstanceOf(StoreReply.Done.class);
    }

    @Test
    void shouldRepeatATransactionOfAThrottledItem() {
        start();
        faulty.next("TransactWriteItems", Fault.CANCELLED, Fault.CANCELLED);
        assertThat(join(store.finish(address, null, HOUR, OperationToken.random(), true)))
                .isInstanceOf(StoreReply.Done.class);
    }

    @Test
    void shouldRecogniseARemovalWhoseReplyWasLost() {
        OperationToken token = OperationToken.random();
        Lifetimes moment = new Lifetimes(200, 0, 0, 0);
        join(store.start(address, List.of(token.newSessionId()), data("0"), moment, token, false));
        faulty.next("DeleteItem", Fault.LOST_REPLY);
        await().until(() -> join(store.get(address, false)) instanceof StoreReply.NotFound);
        assertThat(faulty.requests("DeleteItem")).isEqualTo(2);
    }

    @Test
    void shouldFailInTimeWhereItIsAlwaysThrottled() {
        start();
        SessionDataProvider impatient = new DynamoDbSessionDataProvider(
                new DynamoDbTable(faulty.client(), LocalDynamoDb.table().name(), Duration.ofSeconds(2)), namespace);
        faulty.otherwise(operation -> Fault.THROTTLED);
        assertThatThrownBy(() -> join(impatient.get(address, false)))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("Reading checkout/key failed in DynamoDB");
    }

    @Test
    void shouldLoseNoAcknowledgedWriteUnderRandomFaults() {
        start();
        faulty.otherwise(Fault::sometimes);
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(thread ->
                                CompletableFuture.runAsync(() -> raise(acknowledged, unknown), OwnThread::run))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(Integer.parseInt(number(stored())))
                .isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
    }

    private void raise(AtomicInteger acknowledged, AtomicInteger unknown) {
        for (int i = 0; i < 25; i++) {
            boolean refused = true;
            while (refused) {
                try {
                    StoredSession session = session(join(store.get(address, false)));
                    String next = Integer.toString(Integer.parseInt(number(session)) + 1);
                    refused = !(join(update(store, session.version(), next)) instanceof StoreReply.Done);
                    acknowledged.addAndGet(refused ? 0 : 1);
                } catch (RuntimeException failed) {
                    unknown.incrementAndGet();
                    refused = false;
                }
            }
        }
    }

    private SessionVersion start() {
        OperationToken token = OperationToken.random();
        SessionVersion version = new SessionVersion(token.newSessionId(), 1);
        join(store.start(address, List.of(version.id()), data("0"), HOUR, token, false));
        return version;
    }

    private CompletionStage<StoreReply> update(SessionDataProvider by, SessionVersion version, String number) {
        return by.update(address, version, data(number), OperationToken.random());
    }

    private StoredSession stored() {
        return session(join(other.get(address, false)));
    }

    private static StoredSession session(StoreReply reply) {
        return ((StoreReply.Done) reply).session();
    }

    private static String number(StoredSession session) {
        return session.data().properties().get("number");
    }

    private static SessionData data(String number) {
        return new SessionData(Map.of("number", number), new byte[10]);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}

package io.sessiontracker.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What calls on a session of less than a kilobyte send, and consume. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestUnitsTest {

    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    private static final Lifetimes SLIDING = new Lifetimes(0, 0, 3_600_000, 0);
    private static final Set<String> INDEXED = Set.of("tenant");

    private final String namespace = "units:" + UUID.randomUUID();
    private final MeteredClient metered = new MeteredClient();
    private final SessionDataProvider store = new DynamoDbSessionDataProvider(
            new DynamoDbTable(metered.client(), LocalDynamoDb.table().name(), LocalDynamoDb.TIMEOUT), namespace);
    private SessionAddress address = new SessionAddress("order", "unknown");
    private SessionVersion version = new SessionVersion("unknown", 1);

    /** Begins with what a process does once: it learns the service's time, and notes the groups of the indexes. */
    @BeforeEach
    void warmUp() {
        address = new SessionAddress("order", UUID.randomUUID().toString());
        SessionAddress other = new SessionAddress("order", UUID.randomUUID().toString());
        for (Set<String> indexed : List.of(Set.<String>of(), INDEXED)) {
            join(start(other, data("a", indexed), HOUR));
            join(store.finish(other, null, HOUR, OperationToken.random(), false));
            join(store.delete(other, SessionStates.BOTH, null, OperationToken.random(), false));
        }
    }

    @AfterAll
    void close() {
        metered.close();
    }

    @Test
    void shouldSendOneRequestACallWhereNoPropertyIsIndexed() {
        assertThat(lifeOf(Set.of(), "a"))
                .containsExactly(
                        "start: PutItem 1.0 + 2.0",
                        "get: GetItem 1.0",
                        "update: PutItem 1.0",
                        "late update: GetItem 1.0",
                        "touch: PutItem 1.0",
                        "finish: TransactWriteItems of 2",
                        "getFinished: BatchGetItem 2.0",
                        "resume: TransactWriteItems of 2",
                        "delete: PutItem 1.0 + 2.0");
    }

    @Test
    void shouldWriteTheItemsOfIndexedPropertiesInTheSameRequest() {
        assertThat(lifeOf(INDEXED, "b"))
                .containsExactly(
                        "start: TransactWriteItems of 2",
                        "get: GetItem 1.0",
                        "update: TransactWriteItems of 3",
                        "late update: GetItem 1.0",
                        "touch: PutItem 1.0",
                        "finish: TransactWriteItems of 4",
                        "getFinished: BatchGetItem 2.0",
                        "resume: TransactWriteItems of 4",
                        "delete: TransactWriteItems of 2");
    }

    @Test
    void shouldWriteNoIndexOfWhatIsNotQueryable() {
        assertThat(lifeOf(Set.of(), "a", false))
                .containsExactly(
                        "start: PutItem 1.0",
                        "get: GetItem 1.0",
                        "update: PutItem 1.0",
                        "late update: GetItem 1.0",
                        "touch: PutItem 1.0",
                        "finish: TransactWriteItems of 2",
                        "getFinished: BatchGetItem 2.0",
                        "resume: TransactWriteItems of 2",
                        "delete: PutItem 1.0");
    }

    @Test
    void shouldWriteTheItemOfRemindersInTheSameRequest() {
        SessionData due = data(ReminderChange.after("pay", 1));
        assertThat(metered.during(() -> join(start(address, due, HOUR)))).containsExactly("TransactWriteItems of 2");
        assertThat(metered.during(() -> join(store.update(address, version, data(), OperationToken.random()))))
                .containsExactly("PutItem 1.0");
        assertThat(metered.during(
                        () -> join(store.delete(address, SessionStates.BOTH, null, OperationToken.random(), true))))
                .containsExactly("TransactWriteItems of 2");
    }

    @Test
    void shouldReadOnlyTheSessionsWithDueReminders() {
        ReminderChange later = ReminderChange.after("later", 3_600_000);
        join(start(new SessionAddress("reminded", "later"), data(later), HOUR));
        join(start(new SessionAddress("reminded", "expired"), data(), new Lifetimes(1, 0, 0, 3_600_000)));
        join(start(new SessionAddress("reminded", "due"), data(ReminderChange.after("pay", 1)), HOUR));
        SessionSweep sweep = SessionSweep.claimReminders("reminded", 10, 3_600_000);

        await().untilAsserted(() -> assertThat(requests(() -> store.sweep(sweep)))
                .isEqualTo(Map.of("Query", 8L, "TransactWriteItems", 1L)));
        assertThat(requests(() -> store.sweep(sweep))).isEqualTo(Map.of("Query", 8L));
    }

    @Test
    void shouldWriteOneItemWhereIndexedPropertiesStay() {
        assertThat(lifeOf(INDEXED, "a")).contains("update: PutItem 1.0");
    }

    @Test
    void shouldNeedNoReadAfterAConflict() {
        join(start(address, data("a", Set.of()), HOUR));
        SessionDataProvider other = new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
        join(other.update(address, version, data("b", Set.of()), OperationToken.random()));

        assertThat(metered.during(() -> assertThat(
                                join(store.update(address, version, data("c", Set.of()), OperationToken.random())))
                        .isInstanceOf(StoreReply.VersionConflict.class)))
                .containsExactly("PutItem refused");
    }

    @Test
    void shouldNeverScan() {
        SessionScan byTenant = new SessionScan("order", false, null, 20, SessionFilter.parse("tenant is 'a'"), INDEXED);
        List<String> sent = metered.during(() -> {
            join(start(address, data("a", INDEXED), HOUR));
            join(store.scan(byTenant));
            join(store.scan(new SessionScan("order", true, null, 20)));
            join(store.count("order", false));
            join(store.sweep(SessionSweep.claim("order", 10, 1_000)));
            join(store.sweep(SessionSweep.repair("order", 1_000)));
        });

        assertThat(sent)
                .isNotEmpty()
                .allMatch(request -> request.matches("(TransactWriteItems|GetItem|BatchGetItem|Query) .*"));
    }

    @Test
    void shouldQueryOnlyThePartitionsOfAnIndex() {
        assertThat(requests(() -> store.count("empty", false))).containsExactly(Map.entry("Query", 16L));
        assertThat(requests(() -> store.sweep(SessionSweep.repair("empty", 1_000))))
                .containsExactly(Map.entry("Query", 24L));
        assertThat(requests(() -> store.sweep(SessionSweep.claim("empty", 10, 1_000))))
                .containsExactly(Map.entry("Query", 16L));
        assertThat(requests(() -> store.sweep(SessionSweep.claimReminders("empty", 10, 1_000))))
                .containsExactly(Map.entry("Query", 8L));
        assertThat(requests(() -> store.scan(new SessionScan("empty", false, null, 20))))
                .containsExactly(Map.entry("GetItem", 1L));
    }

    /** Returns how many requests a call sends; DynamoDB Local counts no units where a query finds nothing. */
    private Map<String, Long> requests(Supplier<CompletionStage<?>> call) {
        return metered.during(() -> join(call.get())).stream()
                .collect(Collectors.groupingBy(request -> request.split(" ")[0], Collectors.counting()));
    }

    /** Returns what each call on a session sends, in the order of the calls. */
    private List<String> lifeOf(Set<String> indexed, String updated) {
        return lifeOf(indexed, updated, true);
    }

    private List<String> lifeOf(Set<String> indexed, String updated, boolean queryable) {
        Lifetimes hour = HOUR.withQueryable(queryable);
        Map<String, Supplier<CompletionStage<?>>> calls = new LinkedHashMap<>();
        SessionData first = data("a", indexed);
        calls.put("start", () -> start(address, first, SLIDING.withQueryable(queryable)));
        calls.put("get", () -> store.get(address, false));
        calls.put("update", () -> store.update(address, version, data(updated, indexed), OperationToken.random()));
        calls.put("late update", () -> store.update(address, version, first, OperationToken.random()));
        calls.put("touch", () -> store.touch(address));
        calls.put("finish", () -> store.finish(address, null, hour, OperationToken.random(), true));
        calls.put("getFinished", () -> store.getFinished(address));
        calls.put("resume", () -> store.resume(address, null, hour, OperationToken.random(), true));
        calls.put("delete", () -> store.delete(address, SessionStates.BOTH, null, OperationToken.random(), true));
        return calls.entrySet().stream()
                .map(call -> call.getKey() + ": "
                        + String.join(
                                ", ", metered.during(() -> join(call.getValue().get()))))
                .toList();
    }

    private CompletionStage<StoreReply> start(SessionAddress started, SessionData data, Lifetimes lifetimes) {
        OperationToken token = OperationToken.random();
        version = new SessionVersion(token.newSessionId(), 1);
        return store.start(started, List.of(version.id()), data, lifetimes, token, false);
    }

    private static SessionData data(ReminderChange... reminders) {
        return new SessionData(Map.of("tenant", "a"), Set.of(), List.of(reminders), new byte[100]);
    }

    private static SessionData data(String tenant, Set<String> indexed) {
        return new SessionData(Map.of("tenant", tenant), indexed, new byte[100]);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}

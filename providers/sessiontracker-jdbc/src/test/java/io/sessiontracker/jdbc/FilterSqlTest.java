package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages of random filters over random sessions are those of the filter itself, however the sessions are indexed. */
class FilterSqlTest {

    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    private static final Set<String> NAMES = Set.of("a", "b", "c");

    /** A session to be stored. */
    record Stored(Map<String, String> properties, Set<String> indexed, boolean finished) {}

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldPageAsTheFilterDoesOnH2(
            @ForAll("sessions") List<Stored> sessions,
            @ForAll("filters") SessionFilter filter,
            @ForAll("names") Set<String> indexed) {
        check(TestDatabase.H2, sessions, filter, indexed);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldPageAsTheFilterDoesOnPostgreSql(
            @ForAll("sessions") List<Stored> sessions,
            @ForAll("filters") SessionFilter filter,
            @ForAll("names") Set<String> indexed) {
        check(TestDatabase.POSTGRESQL, sessions, filter, indexed);
    }

    @Example
    void shouldLeaveNothingToCheckWhereAllIsIndexed() {
        List<Stored> sessions = List.of(
                new Stored(Map.of("a", "x", "b", "x"), NAMES, false), new Stored(Map.of("a", "x"), NAMES, false));
        SessionFilter filter = SessionFilter.parse("a is 'x' and not (b ne 'x' or c in ['x','y'])");
        Stream.of(TestDatabase.values()).filter(TestDatabase::isInstalled).forEach(database -> {
            SessionDataProvider store = store(database, sessions);

            SessionScan.Reply page = join(store.scan(new SessionScan("order", false, null, 10, filter, NAMES)));

            assertThat(page.residual()).isNull();
            assertThat(page.sessions()).extracting(SessionScan.Item::key).containsExactly("key-0");
        });
    }

    @Example
    void shouldBoundTheStart() {
        List<Stored> sessions = List.of(new Stored(Map.of(), Set.of(), false), new Stored(Map.of(), Set.of(), false));
        Stream.of(TestDatabase.values()).filter(TestDatabase::isInstalled).forEach(database -> {
            SessionDataProvider store = store(database, sessions);
            SessionScan all = new SessionScan("order", false, null, 10);
            List<SessionScan.Item> items = join(store.scan(all)).sessions();
            for (SessionScan.Item item : items) {
                for (String bound : List.of("", ".5", "000")) {
                    for (String operator : List.of("lt", "le", "gt", "ge")) {
                        String text = "$StartTime %s '%d%s'"
                                .formatted(operator, item.session().startedAt(), bound);
                        SessionFilter filter = SessionFilter.parse(text);

                        SessionScan.Reply page =
                                join(store.scan(new SessionScan("order", false, null, 10, filter, Set.of())));

                        assertThat(page.residual()).as(text).isNull();
                        assertThat(page.sessions())
                                .extracting(SessionScan.Item::key)
                                .as(text)
                                .isEqualTo(items.stream()
                                        .filter(each -> all.matches(filter, each))
                                        .map(SessionScan.Item::key)
                                        .toList());
                    }
                }
            }
        });
    }

    private static void check(TestDatabase database, List<Stored> sessions, SessionFilter filter, Set<String> indexed) {
        SessionDataProvider store = store(database, sessions);
        for (boolean finished : List.of(false, true)) {
            List<String> expected = keys(store, new SessionScan("order", finished, null, 100), filter);
            List<String> found = keys(store, new SessionScan("order", finished, null, 3, filter, indexed), null);

            assertThat(found).as("%s, by %s", filter, indexed).isEqualTo(expected);
        }
    }

    /** Returns the keys of all pages, as the caller of a store checks them: by the residual or the given filter. */
    private static List<String> keys(SessionDataProvider store, SessionScan scan, SessionFilter filter) {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            SessionScan next =
                    new SessionScan(scan.type(), scan.finished(), cursor, scan.limit(), scan.filter(), scan.indexed());
            SessionScan.Reply page = join(store.scan(next));
            SessionFilter condition = filter == null ? page.residual() : filter;
            page.sessions().stream()
                    .filter(item -> condition == null || next.matches(condition, item))
                    .forEach(item -> keys.add(item.key()));
            cursor = page.next();
        } while (cursor != null);
        return keys;
    }

    private static SessionDataProvider store(TestDatabase database, List<Stored> sessions) {
        SessionDataProvider store = new JdbcSessionDataProvider(database.database(), "filter:" + UUID.randomUUID());
        for (int i = 0; i < sessions.size(); i++) {
            Stored session = sessions.get(i);
            SessionAddress address = new SessionAddress("order", "key-" + i);
            OperationToken token = OperationToken.random();
            SessionData data = new SessionData(session.properties(), session.indexed(), new byte[] {1});
            join(store.start(address, List.of(token.newSessionId()), data, HOUR, token, false));
            if (session.finished()) {
                join(store.finish(address, null, HOUR, OperationToken.random(), false));
            }
        }
        return store;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Provide
    Arbitrary<List<Stored>> sessions() {
        Arbitrary<Map<String, String>> properties = Arbitraries.maps(
                Arbitraries.of("a", "b", "c"),
                Arbitraries.of("x", "y", "", "?", "xy", "x\u00ff", "x\ud83d\ude00", "7"));
        return Combinators.combine(properties, names(), Arbitraries.of(false, false, true))
                .as(Stored::new)
                .list()
                .ofMaxSize(12);
    }

    /** Mostly those of a type's settings, and sometimes those of another version of the application. */
    @Provide
    Arbitrary<Set<String>> names() {
        return Arbitraries.of(NAMES, NAMES, Set.of("a", "b"), Set.of("b"), Set.of());
    }

    @Provide
    Arbitrary<SessionFilter> filters() {
        return filters(3);
    }

    private static Arbitrary<SessionFilter> filters(int depth) {
        Arbitrary<SessionFilter> condition = Arbitraries.oneOf(
                Arbitraries.just(SessionFilter.all()),
                name().map(SessionFilter::has),
                Combinators.combine(name(), value())
                        .as((name, value) -> SessionFilter.property(name).is(value)),
                Combinators.combine(name(), value())
                        .as((name, value) -> SessionFilter.property(name).ne(value)),
                Combinators.combine(name(), value().set().ofMaxSize(3))
                        .as((name, values) -> SessionFilter.property(name).in(values)),
                Combinators.combine(name(), value())
                        .as((name, value) -> SessionFilter.property(name).startsWith(value)),
                Arbitraries.of(
                                "a ge '5'",
                                "b lt '2026-01-31T09:30:00Z'",
                                "$StartTime gt '0'",
                                "$StartTime le '-1e30'",
                                "$StartTime lt '1e30'",
                                "$Version ge '1'")
                        .map(SessionFilter::parse));
        if (depth == 0) {
            return condition;
        }
        Arbitrary<SessionFilter> part = filters(depth - 1);
        return Arbitraries.oneOf(
                condition,
                part.map(SessionFilter::not),
                Combinators.combine(part, part).as(SessionFilter::and),
                Combinators.combine(part, part).as(SessionFilter::or));
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("a", "b", "c", "$Key");
    }

    private static Arbitrary<String> value() {
        return Arbitraries.of("x", "y", "", "?", "\ud800", "key-1");
    }
}

package io.sessiontracker.contract;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scans with a filter on indexed properties. A store may return others as long as it leaves the filter, or what it did not do of
 * it, to its caller.
 */
interface IndexContract extends DataFixture {

    Set<String> TENANT = Set.of("tenant");
    Set<String> BOTH = Set.of("tenant", "customer");
    /** What the reader indexes. */
    Set<String> NAMES = Set.of("tenant", "customer", "a", "ab", "ä", "日本");

    @Test
    default void shouldFindByAProperty() {
        TypeCalls type = type();
        starts(type, "a", Map.of("tenant", "acme"), TENANT);
        starts(type, "b", Map.of("tenant", "other"), TENANT);
        starts(type, "c", Map.of("tenant", "acme", "more", "x"), TENANT);
        starts(type, "d", Map.of(), TENANT);
        starts(type, "e", Map.of("tenant", ""), TENANT);

        assertFound(type, List.of("a", "c"), is("tenant", "acme"));
        assertFound(type, List.of("a", "b", "c"), is("tenant", "acme", "other", "unknown"));
        assertFound(type, List.of("e"), is("tenant", ""));
        assertFound(type, List.of(), is("tenant", "acm"));
        assertFound(type, List.of(), is("tenant"));
        assertFound(type, List.of(), is("customer", "acme"));
    }

    @Test
    default void shouldFindByEachOfSeveralClauses() {
        TypeCalls type = type();
        starts(type, "a", Map.of("tenant", "acme", "customer", "1"), BOTH);
        starts(type, "b", Map.of("tenant", "acme", "customer", "2"), BOTH);
        starts(type, "c", Map.of("tenant", "other", "customer", "1"), BOTH);

        assertFound(type, List.of("a"), is("tenant", "acme"), is("customer", "1"));
        assertFound(type, List.of("b", "a"), is("tenant", "acme"), is("customer", "1", "2"));
        assertFound(type, List.of(), is("tenant", "acme"), is("customer"));
    }

    @Test
    default void shouldFindWithLimitsInOrder() {
        TypeCalls type = type();
        for (int i = 0; i < 60; i++) {
            starts(type, "key-" + i, Map.of("tenant", "t" + i % 4), TENANT);
        }

        for (int limit : new int[] {1, 4, 1000}) {
            assertThat(type.scanAll(scan(type, false, limit, is("tenant", "t1", "t3"))))
                    .hasSize(30);
        }
    }

    @Test
    default void shouldFollowUpdatesAndTransitions() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion version = starts(type, "a", Map.of("tenant", "acme"), TENANT);
        assertDone(session.update(version, data(Map.of("tenant", "other"), TENANT), OperationToken.random()));
        assertFound(type, List.of(), is("tenant", "acme"));
        assertFound(type, List.of("a"), is("tenant", "other"));

        session.finish();
        assertFound(type, List.of(), is("tenant", "other"));
        assertThat(found(type, true, is("tenant", "other"))).containsExactly("a");
        session.resume();
        assertFound(type, List.of("a"), is("tenant", "other"));
        assertDone(session.update(version.next(), data(Map.of(), TENANT), OperationToken.random()));
        assertFound(type, List.of(), is("tenant", "other"));
        session.delete();
        starts(type, "a", Map.of("tenant", "new"), TENANT);
        assertFound(type, List.of("a"), is("tenant", "new"));
    }

    @Test
    default void shouldFollowARepeatedStart() {
        TypeCalls type = type();
        String id = Fresh.id();
        for (String tenant : List.of("acme", "other")) {
            type.session("a")
                    .start(List.of(id), data(Map.of("tenant", tenant), TENANT), AN_HOUR, OperationToken.random());
        }

        assertFound(type, List.of("a"), is("tenant", "other"));
        assertFound(type, List.of(), is("tenant", "acme"));
    }

    @Test
    default void shouldNotFindDueSessions() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        session.start(
                List.of(Fresh.id()),
                data(Map.of("tenant", "acme"), TENANT),
                new Lifetimes(0, 1, 0, 3_600_000),
                OperationToken.random());
        assertFound(type, List.of(), is("tenant", "acme"));
        starts(type, "a", Map.of("tenant", "other"), TENANT);
        assertFound(type, List.of(), is("tenant", "acme"));
        assertFound(type, List.of("a"), is("tenant", "other"));
    }

    /** Instances with other settings, or of an earlier release, run side by side. */
    @Test
    default void shouldFindSessionsStoredWithOtherSettings() {
        TypeCalls type = type();
        SessionFilter acme = is("tenant", "acme");
        for (int i = 0; i < 20; i++) {
            starts(type, "old-" + i, Map.of("tenant", "acme", "customer", "1"), Set.of());
            starts(type, "new-" + i, Map.of("tenant", "acme", "customer", "1"), i % 2 == 0 ? TENANT : BOTH);
        }
        assertThat(found(type, false, acme)).hasSize(40);
        assertThat(found(type, false, acme, is("customer", "1"))).hasSize(40);

        for (int i = 0; i < 20; i++) {
            for (String key : List.of("old-" + i, "new-" + i)) {
                SessionCalls session = type.session(key);
                Set<String> indexed = key.startsWith("old") ? TENANT : Set.of();
                SessionVersion version = SessionCalls.sessionOf(session.peek()).version();
                session.update(
                        version, data(Map.of("tenant", "acme", "customer", "2"), indexed), OperationToken.random());
            }
            assertThat(found(type, false, acme)).hasSize(40);
        }
        assertThat(found(type, false, is("customer", "1"))).isEmpty();
        assertThat(found(type, false, is("customer", "2"))).hasSize(40);
    }

    /** Whatever a store does of a filter itself, what it leaves is enough to find the right ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "not tenant is 'acme'",
                "tenant is 'acme' or customer is '2'",
                "tenant in ['acme','other'] and not (customer is '1' or has more)",
                "not has tenant",
                "all and tenant is 'acme' and $Key ne 'key-4'",
                "tenant is 'acme' and tenant is 'other'",
                "not (tenant is 'acme' and not all)"
            })
    default void shouldFindByAnyFilter(String text) {
        TypeCalls type = type();
        for (int i = 0; i < 48; i++) {
            Map<String, String> properties = new HashMap<>();
            properties.put("customer", Integer.toString(i % 3));
            if (i % 5 != 0) {
                properties.put("tenant", i % 2 == 0 ? "acme" : "other");
            }
            if (i % 7 == 0) {
                properties.put("more", "x");
            }
            starts(
                    type,
                    "key-" + i,
                    properties,
                    List.of(BOTH, TENANT, Set.<String>of()).get(i % 3));
        }
        SessionFilter filter = SessionFilter.parse(text);

        assertThat(found(type, false, filter))
                .isEqualTo(type.scanAll(false, 50).stream()
                        .filter(item -> SessionScan.matches(filter, type.type(), item))
                        .map(SessionScan.Item::key)
                        .toList());
    }

    @Test
    default void shouldDistinguishNamesFromValues() {
        TypeCalls type = type();
        Set<String> indexed = Set.of("a", "ab", "ä", "日本");
        starts(type, "1", Map.of("a", "bc", "ab", "c"), indexed);
        starts(type, "2", Map.of("a", "b", "ab", "cc"), indexed);
        starts(type, "3", Map.of("ä", "\u0000", "日本", "\uFFFF😀"), indexed);
        starts(type, "4", Map.of("a", "x".repeat(1024), "ab", ""), indexed);

        assertFound(type, List.of("1"), is("a", "bc"));
        assertFound(type, List.of("2"), is("a", "b"));
        assertFound(type, List.of("1"), is("ab", "c"));
        assertFound(type, List.of("3"), is("ä", "\u0000"));
        assertFound(type, List.of("3"), is("日本", "\uFFFF😀", "😀"));
        assertFound(type, List.of("4"), is("a", "x".repeat(1024)));
    }

    @Test
    default void shouldReturnIndexedPropertiesAsOthers() {
        TypeCalls type = type();
        Map<String, String> properties = Map.of("tenant", "acme", "other", "x");
        starts(type, "a", properties, BOTH);

        SessionData stored = SessionCalls.sessionOf(type.session("a").peek()).data();
        assertThat(stored.properties()).isEqualTo(properties);
        assertThat(stored.indexed()).isEmpty();
        assertThat(stored.payload()).isEqualTo(data(properties, BOTH).payload());
    }

    private static SessionFilter is(String property, String... values) {
        return SessionFilter.property(property).in(values);
    }

    private static SessionData data(Map<String, String> properties, Set<String> indexed) {
        return new SessionData(properties, indexed, "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static SessionVersion starts(
            TypeCalls type, String key, Map<String, String> properties, Set<String> indexed) {
        StoreReply reply = type.session(key)
                .start(List.of(Fresh.id()), data(properties, indexed), AN_HOUR, OperationToken.random());
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    private static SessionScan scan(TypeCalls type, boolean finished, int limit, SessionFilter... filters) {
        SessionFilter all = Stream.of(filters).reduce(SessionFilter::and).orElseThrow();
        return new SessionScan(type.type(), finished, null, limit, all, NAMES);
    }

    private static List<String> found(TypeCalls type, boolean finished, SessionFilter... filters) {
        return type.scanAll(scan(type, finished, 7, filters)).stream()
                .map(SessionScan.Item::key)
                .toList();
    }

    private static void assertFound(TypeCalls type, List<String> keys, SessionFilter... filters) {
        assertThat(found(type, false, filters)).containsExactlyInAnyOrderElementsOf(keys);
    }
}

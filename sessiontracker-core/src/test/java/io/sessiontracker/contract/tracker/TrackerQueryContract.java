package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.filter.SessionFilterSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.filter.SessionFilter.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

interface TrackerQueryContract extends TrackerFixture {

    /** Whether or not the properties are indexed changes nothing but the cost. */
    default SessionTypeSettings indexing(String... properties) {
        return new SessionTypeSettings(
                SessionEntryOptions.absolute(HOUR),
                null,
                SessionEntryOptions.absolute(HOUR),
                LockSettings.BUILT_IN,
                Set.of(properties));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "tenant", "region"})
    default void queryShouldFindByProperties(String indexed) {
        SessionTracker tracker = tracker(indexing(indexed));
        Checkouts.starts(tracker, "a", "acme", 3);
        Checkouts.starts(tracker, "b", "binford", 2);
        Checkout both = Checkouts.of("c", "acme");
        both.getProperties().put("region", "eu");
        tracker.start(both).orElseThrow();
        tracker.start(new Checkout("d")).orElseThrow();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThat(Checkouts.keys(query)).containsExactlyInAnyOrder("a-0", "a-1", "a-2", "b-0", "b-1", "c", "d");
        assertThat(Checkouts.keys(query.where("tenant is 'acme'"))).containsExactlyInAnyOrder("a-0", "a-1", "a-2", "c");
        assertThat(Checkouts.keys(query.where("tenant in ['binford','none']"))).containsExactlyInAnyOrder("b-0", "b-1");
        assertThat(Checkouts.keys(query.where("tenant ne 'acme'"))).containsExactlyInAnyOrder("b-0", "b-1", "d");
        assertThat(Checkouts.keys(query.where("not has tenant"))).containsExactly("d");
        assertThat(Checkouts.keys(query.where("tenant is 'acme' and region is 'eu'")))
                .containsExactly("c");
        assertThat(Checkouts.keys(query.where("region is 'eu' or tenant is 'binford'")))
                .containsExactlyInAnyOrder("b-0", "b-1", "c");
        assertThat(Checkouts.keys(query.where("tenant in []"))).isEmpty();
        assertThat(Checkouts.keys(query.where("tenant is ''"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "attempts", "path"})
    default void queryShouldCompare(String indexed) {
        SessionTracker tracker = tracker(indexing(indexed));
        List.of("2", "10", "3.5", "many").forEach(attempts -> {
            Checkout checkout = new Checkout("n" + attempts);
            checkout.getProperties().put("attempts", attempts);
            tracker.start(checkout).orElseThrow();
        });
        List.of("/a", "/a/b", "/A", "/\u00e4", "2026-01-31T10:30+01:00").forEach(path -> {
            Checkout checkout = new Checkout("p" + path);
            checkout.getProperties().put("path", path);
            tracker.start(checkout).orElseThrow();
        });
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThat(Checkouts.keys(query.where("attempts lt '3.5'"))).containsExactly("n2");
        assertThat(Checkouts.keys(query.where("attempts le '3.50'"))).containsExactlyInAnyOrder("n2", "n3.5");
        assertThat(Checkouts.keys(query.where("attempts gt '3.5'"))).containsExactly("n10");
        assertThat(Checkouts.keys(query.where("attempts ge '1e1' and has attempts")))
                .containsExactly("n10");
        assertThat(Checkouts.keys(query.where("has attempts and not attempts ge '3'")))
                .containsExactlyInAnyOrder("n2", "nmany");
        assertThat(Checkouts.keys(query.where("path lt '2026-01-31T09:30:00.001Z'")))
                .containsExactly("p2026-01-31T10:30+01:00");
        assertThat(Checkouts.keys(query.where("path starts with '/a'"))).containsExactlyInAnyOrder("p/a", "p/a/b");
        assertThat(Checkouts.keys(query.where("path starts with '/' and not path starts with '/a'")))
                .containsExactlyInAnyOrder("p/A", "p/\u00e4");
        assertThat(Checkouts.keys(query.where("path starts with ''"))).hasSize(5);
    }

    @Test
    default void queryShouldCompareFixedProperties() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 3);
        Checkout one =
                tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);
        Instant start = one.getStartedAt();

        assertThat(Checkouts.keys(query.where("$Version gt '1'"))).containsExactly("order-1");
        assertThat(Checkouts.keys(query.where("$Version ge '1'"))).hasSize(3);
        assertThat(Checkouts.keys(query.where("$Key starts with 'order-'"))).hasSize(3);
        assertThat(Checkouts.keys(query.where("$StartTime le '" + start + "'"))).contains("order-1");
        assertThat(Checkouts.keys(query.where("$StartTime gt '" + start + "'"))).doesNotContain("order-1");
        assertThat(Checkouts.keys(query.where(property("$StartTime")
                        .ge(start)
                        .and(property("$StartTime").le(start.toEpochMilli())))))
                .contains("order-1");
        assertThat(Checkouts.keys(query.where("$StartTime gt '" + start.plusSeconds(3600) + "'")))
                .isEmpty();
        assertThat(query.where(property("$StartTime").lt(start.minusSeconds(3600)))
                        .count())
                .isZero();
    }

    @Test
    default void queryShouldFindByFixedProperties() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 3);
        Checkout one =
                tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThat(Checkouts.keys(query.where("$Key is 'order-2'"))).containsExactly("order-2");
        assertThat(Checkouts.keys(query.where("$Id is '" + one.getId() + "'"))).containsExactly("order-1");
        assertThat(Checkouts.keys(query.where("$Version is '2'"))).containsExactly("order-1");
        assertThat(Checkouts.keys(query.where("$Type is 'checkout'"))).hasSize(3);
        assertThat(Checkouts.keys(query.where("$Type is 'chat'"))).isEmpty();
        assertThat(Checkouts.keys(
                        query.where("$StartTime is '" + one.getStartedAt().toEpochMilli() + "'")))
                .contains("order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "tenant"})
    default void queryShouldFollowAChangeOfProperties(String indexed) {
        SessionTracker tracker = tracker(indexing(indexed));
        Checkouts.starts(tracker, "order-1", "acme");
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        tracker.modify(Checkout.class, "order-1", c -> c.getProperties().put("tenant", "binford"))
                .orElseThrow();
        assertThat(Checkouts.keys(query.where("tenant is 'acme'"))).isEmpty();
        assertThat(Checkouts.keys(query.where("tenant is 'binford'"))).containsExactly("order-1");
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        assertThat(Checkouts.keys(query.where("tenant is 'binford'"))).isEmpty();
        assertThat(Checkouts.keys(query.finished().where("tenant is 'binford'")))
                .containsExactly("order-1");
        tracker.resume(Checkout.class, "order-1").orElseThrow();
        assertThat(Checkouts.keys(query.where("tenant is 'binford'"))).containsExactly("order-1");
        assertThat(Checkouts.keys(query.finished())).isEmpty();
    }

    /** An index that came later, or that not every instance knows of. */
    @Test
    default void queryShouldFindSessionsStartedWithoutTheIndex() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace, indexing());
        SessionTracker current = tracker(namespace, indexing("tenant"));
        List<String> keys = new ArrayList<>(Checkouts.starts(old, "old", "acme", 5));
        keys.addAll(Checkouts.starts(current, "new", "acme", 5));
        old.modify(Checkout.class, "new-1", c -> c.setCount(1)).orElseThrow();

        assertThat(Checkouts.keys(current.query(Checkout.class).where("tenant is 'acme'")))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void queryShouldAnswerFreshCopiesOfTheWholeState() {
        SessionTracker tracker = tracker();
        Checkout started = Checkout.at("order-1", "Main Street");
        started.getProperties().put("tenant", "acme");
        tracker.start(started).orElseThrow();

        Checkout found =
                tracker.query(Checkout.class).where("all").page().sessions().get(0);
        assertThat(found).isEqualTo(started).isNotSameAs(started);
        assertThat(found.getAddress()).isEqualTo("Main Street");
        assertThat(found.getProperties()).containsEntry("tenant", "acme");
        assertThat(found.getStartedAt()).isEqualTo(started.getStartedAt());
        found.setAddress("Side Street");
        assertThat(tracker.update(found).isSuccess()).isTrue();
    }

    @Test
    default void twoFiltersShouldBothHold() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "a", "acme", 2);
        Checkouts.starts(tracker, "b", "binford", 2);

        assertThat(Checkouts.keys(tracker.query(Checkout.class)
                        .where("tenant is 'acme' or region is 'eu'")
                        .where(SessionFilter.property("$Key").in("a-1", "b-1"))))
                .containsExactly("a-1");
    }

    @Test
    default void aQueryShouldNotChange() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "a", "acme", 3);
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThat(List.of(
                        query.where("tenant is 'b'").count(),
                        query.finished().count(),
                        query.pageSize(1).page().sessions().size(),
                        query.after(query.pageSize(1).page().nextCursor()).count()))
                .hasToString("[0, 0, 1, 2]");
        assertThat(query.page().sessions()).hasSize(3);
        assertThat(query.page().nextCursor()).isNull();
    }

    @Test
    default void aFilterThatIsNoneShouldBeRefusedBeforeAnythingIsRead() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        SessionTracker tracker = tracker(store, SessionTypeSettings.BUILT_IN);

        assertThatExceptionOfType(SessionFilterSyntaxException.class)
                .isThrownBy(() ->
                        tracker.query(Checkout.class).where("tenant is acme").deleteAll())
                .satisfies(e -> assertThat(e.position()).isEqualTo(10));
        assertThat(store.calls()).isZero();
    }

    @Test
    default void queriesShouldNotTouchSlidingExpiration() {
        Duration soon = Duration.ofSeconds(1);
        SessionTracker tracker =
                tracker(settings(SessionEntryOptions.sliding(soon), SessionEntryOptions.sliding(soon)));
        tracker.start(new Checkout("order-2")).orElseThrow();
        tracker.finish(Checkout.class, "order-2").orElseThrow();
        tracker.start(new Checkout("order-1")).orElseThrow();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            SessionPage<Checkout> page = query.page();
            return page.sessions().isEmpty()
                    && query.where("all").count() + tracker.count(Checkout.class) == 0
                    && query.finished().stream().findAny().isEmpty();
        });
    }

    @Test
    default void unreadableSessionsShouldBeLeftOutAndReported() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace);
        for (int i = 0; i < 10; i++) {
            old.start(Checkout.at("order-" + i, i == 3 || i == 4 ? "secret street" : "17"))
                    .orElseThrow();
        }
        RecordingListener recorder = new RecordingListener();
        SessionTracker current = tracker(namespace, SessionTypeSettings.BUILT_IN, recorder);
        SessionQuery<TrackerUnreadableContract.Numbered> query =
                current.query(TrackerUnreadableContract.Numbered.class);

        assertThat(query.pageSize(8).page()).satisfies(page -> {
            assertThat(page.sessions()).hasSize(8).allMatch(session -> session.address == 17);
            assertThat(page.nextCursor()).isNull();
        });
        assertThat(recorder.errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.type()).isEqualTo("checkout");
            assertThat(error.key()).isIn("order-3", "order-4");
            assertThat(error.activity() + error.cause()).doesNotContain("secret");
        });
        assertThat(query.pageSize(1).stream()).hasSize(8);
        assertThat(old.peek(Checkout.class, "order-3").isSuccess()).isTrue();
    }
}

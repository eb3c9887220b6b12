package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionAddress;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Going through what a query finds, by pages and by streams. */
interface TrackerCursorContract extends TrackerFixture {

    Comparator<Checkout> ORDER = Comparator.<Checkout>comparingInt(
                    checkout -> new SessionAddress("checkout", checkout.getKey()).bucket())
            .thenComparing(Checkout::getStartedAt)
            .thenComparing(Checkout::getKey);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 1000})
    default void pagesShouldBeFullOrderedAndWithoutDuplicates(int size) {
        SessionTracker tracker = tracker();
        List<String> keys = new ArrayList<>(Checkouts.starts(tracker, "a", "acme", 20));
        // So many that a page has to be looked for more than once.
        Checkouts.starts(tracker, "b", "binford", 120);
        SessionQuery<Checkout> query =
                tracker.query(Checkout.class).where("tenant is 'acme'").pageSize(size);

        List<Checkout> found = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage<Checkout> page = query.after(cursor).page();
            cursor = page.nextCursor();
            assertThat(page.sessions()).hasSize(Math.min(size, 20 - found.size()));
            found.addAll(page.sessions());
        } while (cursor != null);

        assertThat(found).isSortedAccordingTo(ORDER);
        assertThat(Checkouts.keys(found)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(Checkouts.keys(query)).isEqualTo(Checkouts.keys(found));
    }

    @ParameterizedTest
    @CsvSource({"4, none", "7, tenant", "1000, tenant"})
    default void theNewestShouldComeFirst(int size, String indexed) {
        SessionEntryOptions hour = SessionEntryOptions.absolute(HOUR);
        SessionTracker tracker =
                tracker(new SessionTypeSettings(hour, null, hour, LockSettings.BUILT_IN, Set.of(indexed)));
        List<String> keys = new ArrayList<>(Checkouts.starts(tracker, "a", "acme", 10));
        Checkouts.starts(tracker, "b", "binford", 30);
        keys.addAll(Checkouts.starts(tracker, "c", "acme", 10));
        SessionQuery<Checkout> query = tracker.query(Checkout.class)
                .where("tenant is 'acme'")
                .newestFirst()
                .pageSize(size);

        List<Checkout> found = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage<Checkout> page = query.after(cursor).page();
            cursor = page.nextCursor();
            assertThat(page.sessions()).hasSize(Math.min(size, 20 - found.size()));
            found.addAll(page.sessions());
        } while (cursor != null);

        assertThat(found)
                .isSortedAccordingTo(Comparator.comparing(Checkout::getStartedAt)
                        .thenComparing(ORDER)
                        .reversed());
        assertThat(Checkouts.keys(found)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(Checkouts.keys(query)).isEqualTo(Checkouts.keys(found));
        assertThat(query.count()).isEqualTo(20);
        assertThat(query.finished().page().sessions()).isEmpty();
        assertThat(query.where("$Key starts with 'c'").finishAll()).isEqualTo(10);
        assertThat(query.finished().page().sessions()).hasSize(Math.min(size, 10));
    }

    @Test
    default void aPageShouldHaveFiftyAndNoneShouldFollowTheLast() {
        SessionTracker tracker = tracker();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);
        assertThat(query.page()).isEqualTo(new SessionPage<Checkout>(List.of(), null));
        Checkouts.starts(tracker, "order", "acme", 50);
        assertThat(query.page().sessions()).hasSize(50);
        assertThat(query.page().nextCursor()).isNull();
        Checkouts.starts(tracker, "order-50", "acme");

        SessionPage<Checkout> first = query.page();
        assertThat(first.sessions()).hasSize(50);
        assertThat(query.after(first.nextCursor()).page().sessions()).hasSize(1);
    }

    @Test
    default void aCursorShouldGoOnInAnotherInstanceWithAnotherPageSize() {
        String namespace = namespace();
        SessionTracker one = tracker(namespace);
        SessionTracker other = tracker(namespace);
        List<String> keys = Checkouts.starts(one, "日本-{order}", "acme", 20);
        Set<String> values = new LinkedHashSet<>(List.of("acme", "binford", "c"));
        Set<String> turned = new LinkedHashSet<>(List.of("c", "binford", "acme"));

        SessionPage<Checkout> first = one.query(Checkout.class)
                .where(SessionFilter.property("tenant").in(values))
                .pageSize(7)
                .page();
        SessionPage<Checkout> rest = other.query(Checkout.class)
                .where(SessionFilter.property("tenant").in(turned))
                .after(first.nextCursor())
                .page();

        List<String> found = new ArrayList<>(Checkouts.keys(first.sessions()));
        found.addAll(Checkouts.keys(rest.sessions()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void aCursorShouldBeOpaqueAndFitForAUrl() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "日本 order", "acme", 2);
        assertThat(tracker.query(Checkout.class).pageSize(1).page().nextCursor())
                .matches("[A-Za-z0-9_-]+");
    }

    @Test
    default void aCursorOfAnotherQueryShouldBeRefused() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 3);
        SessionQuery<Checkout> query = tracker.query(Checkout.class);
        String all = query.pageSize(1).page().nextCursor();
        String filtered = query.where("has tenant").pageSize(1).page().nextCursor();

        assertRefused(() -> query.where("tenant is 'acme'").after(all).page());
        assertRefused(() -> query.after(filtered).page());
        assertRefused(() -> query.newestFirst().after(all).page());
        assertRefused(() -> query.where("has region").after(filtered).count());
        assertRefused(() -> query.finished().after(all).stream().count());
        assertRefused(() -> tracker.query(TrackerIsolationContract.Locks.class)
                .after(all)
                .page()
                .sessions());
    }

    @Test
    default void anInvalidCursorShouldBeRefusedAndNothingEnded() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 3);
        SessionQuery<Checkout> query = tracker.query(Checkout.class).where("all");
        String cursor = query.pageSize(1).page().nextCursor();
        assertThat(cursor).isNotNull();

        List<String> bad = new ArrayList<>(
                List.of("", " ", "A", "!", "ä", "null", "AAAA", "A".repeat(40), cursor + "A", cursor + "AAAA"));
        for (int end = 0; end < cursor.length(); end++) {
            bad.add(cursor.substring(0, end));
            char other = cursor.charAt(end) == 'Q' ? 'g' : 'Q';
            bad.add(cursor.substring(0, end) + other + cursor.substring(end + 1));
        }
        for (String text : bad) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> query.after(text).deleteAll());
        }
        assertThat(query.count()).isEqualTo(3);
    }

    @Test
    default void aPageSizeShouldBeWithinItsBounds() {
        SessionQuery<Checkout> query = tracker().query(Checkout.class);

        for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> query.pageSize(size).page())
                    .withMessageContaining("1000")
                    .withMessageContaining(Integer.toString(size));
        }
        assertThat(query.pageSize(1000).page().sessions()).isEmpty();
    }

    @Test
    default void aStreamShouldReadNoMoreThanItIsAskedFor() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        SessionTracker tracker = tracker(store, SessionTypeSettings.BUILT_IN);
        Checkouts.starts(tracker, "order", "acme", 20);
        SessionQuery<Checkout> query = tracker.query(Checkout.class).pageSize(1);

        int before = store.calls();
        var stream = query.stream();
        assertThat(store.calls()).isEqualTo(before);
        assertThat(stream.limit(2)).hasSize(2);
        int some = store.calls() - before;
        assertThat(query.stream()).hasSize(20);
        assertThat(some).isLessThan(store.calls() - before - some - 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "tenant is 'acme'"})
    default void aStreamShouldReturnEachLastingSessionOnce(String filter) {
        SessionTracker tracker = tracker();
        List<String> keys = Checkouts.starts(tracker, "order", "acme", 60);
        Set<String> ended = new HashSet<>();
        List<String> visited = new ArrayList<>();
        tracker.query(Checkout.class).where(filter).pageSize(4).stream().forEach(checkout -> {
            String victim = keys.get(2 * (visited.size() % 30));
            if (ended.add(victim)) {
                tracker.finish(Checkout.class, victim).orElseThrow();
            }
            Checkouts.starts(tracker, "late-" + visited.size(), "acme");
            tracker.modify(Checkout.class, keys.get(1 + 2 * (visited.size() % 30)), c -> c.setCount(1))
                    .orElseThrow();
            visited.add(checkout.getKey());
        });

        assertThat(visited).doesNotHaveDuplicates();
        assertThat(visited)
                .containsAll(keys.stream().filter(key -> !ended.contains(key)).toList());
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("cursor");
    }
}

package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static org.assertj.core.api.Assertions.assertThat;

/** Scanning a type's sessions. {@link TypeCalls#scanAll} checks the order. */
interface ScanContract extends DataFixture {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    default void shouldScanEachSessionOnce(int limit) {
        TypeCalls type = type();
        List<String> keys = new ArrayList<>(type.starts(40));
        UnusualKeys.KEYS.forEach(key -> type.session(key).starts(key));
        keys.addAll(UnusualKeys.KEYS);

        assertThat(type.scanAll(false, limit))
                .extracting(SessionScan.Item::key)
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(type.scanAll(true, limit)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    default void shouldScanTheNewestFirst(int limit) {
        TypeCalls type = type();
        // A page of one reads a session of each bucket.
        List<String> keys = new ArrayList<>(type.starts(limit == 1 ? 5 : 40));
        if (limit > 1) {
            UnusualKeys.KEYS.forEach(key -> type.session(key).starts(key));
            keys.addAll(UnusualKeys.KEYS);
        }

        assertThat(type.scanAll(new SessionScan(type.type(), false, null, limit, null, Set.of(), true)))
                .extracting(SessionScan.Item::key)
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(type.scanAll(new SessionScan(type.type(), true, null, limit, null, Set.of(), true)))
                .isEmpty();
    }

    /** A cursor comes from outside: it costs no more than another one, and finds nothing else. */
    @Timeout(60)
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void aHostileCursorShouldScanOrBeRefused(boolean newestFirst) {
        TypeCalls type = type();
        List<String> keys = type.starts(3);
        SessionScan scan = new SessionScan(type.type(), false, null, 2, null, Set.of(), newestFirst);
        String cursor =
                Stages.join(type.provider().scan(scan)).sessions().get(0).cursor();

        HostileCursors.of(cursor).forEach(changed -> {
            try {
                SessionScan.Reply reply = Stages.join(type.provider().scan(scan.page(changed, 2)));
                assertThat(reply.sessions()).hasSizeLessThanOrEqualTo(2);
                assertThat(keys)
                        .containsAll(reply.sessions().stream()
                                .map(SessionScan.Item::key)
                                .toList());
            } catch (IllegalArgumentException | CompletionException refused) {
                assertThat(refused).as(changed).hasMessageContaining("Not a scan position");
            }
        });
    }

    @Test
    default void shouldScanAnEmptyType() {
        TypeCalls type = type();

        assertThat(type.scan(false, null, 10)).isEqualTo(new SessionScan.Reply(List.of(), List.of(), null, null));
        assertThat(type.scan(true, null, 10)).isEqualTo(new SessionScan.Reply(List.of(), List.of(), null, null));
    }

    @Test
    default void shouldReturnASessionAsItIsStored() {
        TypeCalls type = type();
        SessionVersion version = type.session("a").starts("a");
        type.session("a").update(version, "b");

        StoredSession stored = type.scanAll(false, 10).get(0).session();
        assertSession(new StoreReply.Done(stored, 0), version.next(), "b");
        assertThat(stored.startedAt())
                .isEqualTo(SessionCalls.sessionOf(type.session("a").peek()).startedAt());
    }

    @Test
    default void shouldScanRunningAndFinishedSessionsSeparately() {
        TypeCalls type = type();
        List<String> keys = type.starts(4);
        type.session(keys.get(1)).finish();
        type.session(keys.get(2)).finish();
        type.session(keys.get(2)).resume();
        type.session(keys.get(3)).delete();

        assertThat(type.keys()).containsExactlyInAnyOrder(keys.get(0), keys.get(2));
        assertThat(type.finishedKeys()).containsExactly(keys.get(1));

        type.session(keys.get(1)).starts("again");
        type.session(keys.get(1)).finish();
        assertThat(type.finishedKeys()).containsExactly(keys.get(1));
        type.session(keys.get(1)).starts("both");
        type.session(keys.get(1)).delete();
        assertThat(type.finishedKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldNotScanDueSessions(long retention) {
        TypeCalls type = type();
        type.session("due").starts("a", new Lifetimes(0, 1, 0, retention));
        SessionCalls finished = type.session("finished");
        finished.starts("a");
        finished.finish(null, DUE_AT_ONCE, OperationToken.random());
        type.session("soon").starts("a", new Lifetimes(1, 0, 0, retention));
        Probe.untilGone(this::storeTime, type.session("soon")::peek);
        type.session("lives").starts("a");

        assertThat(type.keys()).containsExactly("lives");
        assertThat(type.finishedKeys()).isEmpty();
    }

    @Test
    default void shouldScanTheNewSessionUnderADueSessionsKey() {
        TypeCalls type = type();
        type.session("a").starts("old", new Lifetimes(0, 1, 0, 3_600_000));
        SessionVersion version = type.session("a").starts("new");

        assertThat(type.scanAll(false, 10))
                .singleElement()
                .satisfies(item -> assertSession(new StoreReply.Done(item.session(), 0), version, "new"));
    }

    /** A session that lives throughout is returned once, whatever happens to the others between the pages. */
    @Test
    default void shouldScanEachSessionThatLivesThroughoutOnce() {
        TypeCalls type = type();
        List<String> keys = type.starts(60);
        List<String> scanned = new ArrayList<>();
        String after = null;
        int step = 0;
        do {
            SessionScan.Reply reply = type.scan(false, after, 5);
            reply.sessions().forEach(session -> scanned.add(session.key()));
            after = reply.next();
            type.session("late-" + step).starts("late");
            type.session(keys.get(2 * (step % 30))).delete();
            SessionCalls living = type.session(keys.get(1 + 2 * (step % 30)));
            living.update(SessionCalls.sessionOf(living.peek()).version(), "updated");
            step++;
        } while (after != null);

        assertThat(scanned).doesNotHaveDuplicates();
        for (int i = 1; i < keys.size(); i += 2) {
            assertThat(scanned).contains(keys.get(i));
        }
    }

    @Test
    default void shouldContinueAfterASessionThatIsGone() {
        TypeCalls type = type();
        List<String> keys = new ArrayList<>(type.starts(10));
        SessionScan.Reply first = type.scan(false, null, 3);
        first.sessions().forEach(item -> assertDone(type.session(item.key()).delete()));

        assertThat(first.next()).isNotNull();
        List<String> rest = new ArrayList<>();
        for (String after = first.next(); after != null; ) {
            SessionScan.Reply reply = type.scan(false, after, 3);
            reply.sessions().forEach(item -> rest.add(item.key()));
            after = reply.next();
        }
        first.sessions().forEach(item -> keys.remove(item.key()));
        assertThat(rest).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void shouldContinueWhereAnotherProviderStopped() {
        String namespace = Fresh.namespace();
        TypeCalls type = new TypeCalls(provider(namespace), "checkout");
        List<String> keys = type.starts(10);
        SessionScan.Reply first = type.scan(false, null, 4);
        SessionScan.Reply rest = new TypeCalls(provider(namespace), "checkout").scan(false, first.next(), 100);

        List<SessionScan.Item> all = new ArrayList<>(first.sessions());
        all.addAll(rest.sessions());
        assertThat(all).extracting(SessionScan.Item::key).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void shouldNotTouchScannedSessions() {
        TypeCalls type = type();
        long before = storeTime();
        SessionCalls session = type.session("a");
        session.starts("a", SessionCalls.sliding(300));
        long after = storeTime();

        Probe.untilGone(this::storeTime, () -> {
                    List<SessionScan.Item> scanned = type.scanAll(false, 10);
                    type.count();
                    return scanned.isEmpty()
                            ? new StoreReply.NotFound()
                            : new StoreReply.Done(scanned.get(0).session(), 0);
                })
                .assertDeadlineWithin(before + 300, after + 300);
    }

    @Test
    default void shouldKeepTypesAndNamespacesApart() {
        TypeCalls type = type();
        type.starts(3);
        TypeCalls otherType = new TypeCalls(type.provider(), "chat");
        otherType.session("key-0").starts("chat");
        TypeCalls otherNamespace = type();

        assertThat(type.keys()).hasSize(3);
        assertThat(otherType.keys()).containsExactly("key-0");
        assertThat(otherNamespace.keys()).isEmpty();
        assertThat(List.of(type.count(), otherType.count(), otherNamespace.count()))
                .containsExactly(3L, 1L, 0L);
    }
}

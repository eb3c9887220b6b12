package io.sessiontracker.contract.tracker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Ending many sessions at once. */
interface TrackerBulkContract extends TrackerFixture {

    @Test
    default void withoutAFilterNothingShouldBeEnded() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 3);
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThatIllegalStateException().isThrownBy(query::finishAll).withMessageContaining("where(\"all\")");
        assertThatIllegalStateException().isThrownBy(query::deleteAll).withMessageContaining("where(\"all\")");
        assertThatIllegalStateException().isThrownBy(() -> query.finished().deleteAll());
        assertThatIllegalStateException()
                .isThrownBy(() -> query.where("all").finished().finishAll())
                .withMessageContaining("deleteAll()");
        assertThat(tracker.count(Checkout.class)).isEqualTo(3);
    }

    @Test
    default void finishAllShouldFinishMatches() {
        String namespace = namespace();
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace, SessionTypeSettings.BUILT_IN, recorder);
        List<String> keys = Checkouts.starts(tracker, "a", "acme", 120);
        Checkouts.starts(tracker, "b", "binford", 3);
        recorder.take();
        SessionQuery<Checkout> query = tracker.query(Checkout.class);

        assertThat(query.where("tenant is 'acme'").finishAll()).isEqualTo(120);

        assertThat(Checkouts.keys(query)).containsExactlyInAnyOrder("b-0", "b-1", "b-2");
        assertThat(Checkouts.keys(query.finished())).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(recorder.keys()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(recorder.events()).allMatch(SessionFinished.class::isInstance);
        assertThat(query.where("tenant is 'acme'").finishAll()).isZero();
    }

    @Test
    default void deleteAllShouldDeleteMatchesInOneStateOnly() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        Checkouts.starts(tracker, "a", "acme", 4);
        tracker.finish(Checkout.class, "a-0").orElseThrow();
        tracker.finish(Checkout.class, "a-1").orElseThrow();
        Checkouts.starts(tracker, "a-0", "acme");
        recorder.take();
        SessionQuery<Checkout> query = tracker.query(Checkout.class).where("tenant is 'acme'");

        assertThat(query.deleteAll()).isEqualTo(3);
        assertThat(recorder.keys()).containsExactlyInAnyOrder("a-0", "a-2", "a-3");
        assertThat(recorder.take()).allMatch(SessionDeleted.class::isInstance);
        assertThat(Checkouts.keys(query.finished())).containsExactlyInAnyOrder("a-0", "a-1");
        Checkouts.starts(tracker, "a-1", "acme");
        assertThat(query.finished().deleteAll()).isEqualTo(2);
        assertThat(Checkouts.keys(query)).containsExactly("a-1");
        assertThat(query.finished().count()).isZero();
    }

    @Test
    default void bulkCallsShouldBeginAfterACursor() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "a", "acme", 5);
        SessionQuery<Checkout> query =
                tracker.query(Checkout.class).where("all").pageSize(2);
        List<String> first = Checkouts.keys(query.page().sessions());

        assertThat(query.after(query.page().nextCursor()).deleteAll()).isEqualTo(3);
        assertThat(Checkouts.keys(query)).isEqualTo(first);
    }

    @Test
    default void bulkCallsShouldEndUnreadableSessions() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace);
        old.start(Checkout.at("order-1", "secret street")).orElseThrow();
        old.start(Checkout.at("order-2", "secret street")).orElseThrow();
        RecordingListener recorder = new RecordingListener();
        SessionQuery<TrackerUnreadableContract.Numbered> query = tracker(
                        namespace, SessionTypeSettings.BUILT_IN, recorder)
                .query(TrackerUnreadableContract.Numbered.class);

        assertThat(query.where("$Key is 'order-1'").finishAll()).isEqualTo(1);
        assertThat(query.where("all").deleteAll()).isEqualTo(1);
        assertThat(query.finished().where("all").deleteAll()).isEqualTo(1);
        assertThat(recorder.errors()).hasSize(3);
    }

    @Test
    default void bulkCallsShouldLeaveExpiredSessionsAlone() {
        SessionTracker tracker = tracker(KEPT);
        tracker.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();

        assertThat(tracker.query(Checkout.class).where("all").finishAll()).isZero();
        assertThat(tracker.query(Checkout.class).where("all").deleteAll()).isZero();
    }

    /** Others change the sessions between the moment at which they are found and the one at which each is ended. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void onlyMatchesAtThatMomentShouldBeEnded(boolean finish) {
        String namespace = namespace();
        SessionTracker other = tracker(namespace);
        Interference interference = new Interference();
        SessionTracker tracker =
                tracker(interference.before(data(namespace)), SessionTypeSettings.BUILT_IN, interference::onEvent);
        Checkouts.starts(other, "order", "acme", 7);
        SessionQuery<Checkout> query = tracker.query(Checkout.class).where("tenant is 'acme'");
        List<String> keys = Checkouts.keys(query);
        interference.add(() -> other.modify(Checkout.class, keys.get(1), c -> c.setAddress("changed"))
                .orElseThrow());
        interference.add(() -> other.modify(
                        Checkout.class, keys.get(2), c -> c.getProperties().put("tenant", "binford"))
                .orElseThrow());
        interference.add(() -> other.delete(Checkout.class, keys.get(3)).orElseThrow());
        interference.add(() -> other.finish(Checkout.class, keys.get(4)).orElseThrow());
        interference.add(() -> other.delete(Checkout.class, keys.get(5)).orElseThrow());
        interference.add(() -> Checkouts.starts(other, keys.get(5), "binford"));

        long ended = finish ? query.finishAll() : query.deleteAll();

        assertThat(ended).isEqualTo(3);
        assertThat(Checkouts.keys(tracker.query(Checkout.class))).containsExactlyInAnyOrder(keys.get(2), keys.get(5));
        List<String> finished =
                finish ? List.of(keys.get(0), keys.get(1), keys.get(4), keys.get(6)) : List.of(keys.get(4));
        assertThat(Checkouts.keys(tracker.query(Checkout.class).finished()))
                .containsExactlyInAnyOrderElementsOf(finished);
        if (finish) {
            assertThat(other.getFinished(Checkout.class, keys.get(1))
                            .orElseThrow()
                            .getAddress())
                    .isEqualTo("changed");
        }
        assertThat(interference.acknowledgeExpired).containsExactlyInAnyOrder(keys.get(0), keys.get(1), keys.get(6));
    }

    /** A customer comes back while the finished ones are being cleared away. */
    @Test
    default void aSessionThatWasResumedMeanwhileShouldLive() {
        String namespace = namespace();
        SessionTracker other = tracker(namespace);
        Interference interference = new Interference();
        SessionTracker tracker =
                tracker(interference.before(data(namespace)), SessionTypeSettings.BUILT_IN, interference::onEvent);
        Checkouts.starts(other, "order", "acme", 3);
        other.query(Checkout.class).where("all").finishAll();
        SessionQuery<Checkout> query =
                tracker.query(Checkout.class).where("all").finished();
        List<String> keys = Checkouts.keys(query);
        interference.add(() -> other.resume(Checkout.class, keys.get(1)).orElseThrow());

        assertThat(query.deleteAll()).isEqualTo(2);
        assertThat(Checkouts.keys(other.query(Checkout.class))).containsExactly(keys.get(1));
    }

    /** What others do between the scan and the end of the first session. */
    final class Interference {

        private final List<Runnable> actions = new ArrayList<>();
        private final List<String> acknowledgeExpired = new CopyOnWriteArrayList<>();

        void add(Runnable action) {
            actions.add(action);
        }

        void onEvent(SessionEvent<?> event) {
            acknowledgeExpired.add(event.key());
        }

        SessionDataProvider before(SessionDataProvider store) {
            InvocationHandler handler = (proxy, method, arguments) -> {
                if (List.of("finish", "delete").contains(method.getName())) {
                    // A store that blocks is asked by several workers at once.
                    synchronized (actions) {
                        List<Runnable> now = List.copyOf(actions);
                        actions.clear();
                        now.forEach(Runnable::run);
                    }
                }
                return method.invoke(store, arguments);
            };
            return (SessionDataProvider) Proxy.newProxyInstance(
                    SessionDataProvider.class.getClassLoader(), new Class<?>[] {SessionDataProvider.class}, handler);
        }
    }
}

package io.sessiontracker.contract.tracker;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Two releases of an application that disagree about what is stored. */
interface TrackerUnreadableContract extends TrackerFixture {

    @Test
    default void anUnreadableSessionShouldBeAnErrorThatNamesItAndStayStored() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace);
        SessionTracker current = tracker(namespace);
        old.start(Checkout.at("order-1", "secret street")).orElseThrow();
        old.start(Checkout.at("order-2", "17")).orElseThrow();

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> current.get(Numbered.class, "order-1").isSuccess())
                .satisfies(e -> assertThat(e.type()).isEqualTo("checkout"))
                .satisfies(e -> assertThat(e.key()).isEqualTo("order-1"))
                .withMessageContaining("checkout")
                .withMessageContaining("order-1")
                .withMessageNotContaining("secret");
        assertThat(current.get(Numbered.class, "order-2").orElseThrow().address).isEqualTo(17);
        assertThat(old.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("secret street");
    }

    @Test
    default void aStartOverAnUnreadableSessionShouldBeAnErrorAndChangeNothing() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace);
        old.start(Checkout.at("order-1", "secret street")).orElseThrow();
        SessionTracker current = tracker(namespace);

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> current.start(new Numbered("order-1")).isSuccess());
        assertThat(old.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("secret street");
    }

    @Test
    default void transitionsShouldActOnUnreadableSessions() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace);
        old.start(Checkout.at("order-1", "secret street")).orElseThrow();
        SessionTracker current = tracker(namespace);

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(
                        () -> current.finishAndGet(Numbered.class, "order-1").isSuccess());
        assertThat(old.getFinished(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(
                        () -> current.resumeAndGet(Numbered.class, "order-1").isSuccess());
        assertThat(old.peek(Checkout.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void keyFormsShouldWorkOnUnreadableSessions() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "secret street")).orElseThrow();
        SessionTracker current = tracker(namespace);

        assertThat(current.refresh(Numbered.class, "order-1").isSuccess()).isTrue();
        assertThat(current.finish(Numbered.class, "order-1").isSuccess()).isTrue();
        assertThat(current.resume(Numbered.class, "order-1").isSuccess()).isTrue();
        assertThat(current.delete(Numbered.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void anUnwritableSessionShouldNotBeSent() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        SessionTracker tracker =
                tracker(store, locks(namespace()), io.sessiontracker.engine.SessionTypeSettings.BUILT_IN);

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> tracker.start(new Unwritable("order-1")).isSuccess())
                .withMessageContaining("unwritable")
                .withMessageContaining("order-1");
        assertThat(store.calls()).isZero();
    }

    @Test
    default void unknownPropertiesShouldBeIgnored() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "Main Street")).orElseThrow();

        assertThat(tracker(namespace).get(Forgetful.class, "order-1").isSuccess())
                .isTrue();
    }

    /** A later release, to which the address is a number. */
    @SessionType("checkout")
    class Numbered extends Session {
        public int address;

        Numbered(String key) {
            super(key);
        }
    }

    /** A release that knows no address. */
    @SessionType("checkout")
    class Forgetful extends Session {
        public int count;

        Forgetful(String key) {
            super(key);
        }
    }

    /** Cannot say what it holds. */
    class Unwritable extends Session {
        Unwritable(String key) {
            super(key);
        }

        public String getAddress() {
            throw new IllegalStateException("no address");
        }
    }
}

package io.sessiontracker.contract;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.sliding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** An address with an owner is that of the owner's sessions alone. */
interface OwnerContract extends DataFixture {

    String PROPERTY = "customer";
    String ANN = "Ann \"\u00e9\" | 1";
    String BOB = "Bob";
    /** Of a session without the property. */
    String NOBODY = "";

    /** In milliseconds; a store may know a deadline by a TTL only. */
    long PASSED = 20;

    /** By which session a call decides first. */
    Set<String> FINISHED_FIRST = Set.of("getFinished", "resume");

    Map<String, Function<SessionCalls, StoreReply>> CALLS = calls();

    private static Map<String, Function<SessionCalls, StoreReply>> calls() {
        Map<String, Function<SessionCalls, StoreReply>> calls = new LinkedHashMap<>();
        calls.put("get", SessionCalls::get);
        calls.put("peek", SessionCalls::peek);
        calls.put("getFinished", SessionCalls::getFinished);
        calls.put("touch", SessionCalls::touch);
        calls.put("expiry", session -> session.expiry(null));
        calls.put("expire", session -> session.expire(null, AN_HOUR));
        calls.put(
                "start",
                session -> session.start(List.of(Fresh.id()), of(ANN, true), AN_HOUR, OperationToken.random()));
        calls.put("finish", SessionCalls::finish);
        calls.put("resume", SessionCalls::resume);
        calls.put(
                "getAll",
                session -> Stages.join(session.provider().getAll(List.of(session.address()), AN_HOUR))
                        .get(0));
        calls.put("getAsUsual", session -> Stages.join(session.provider().get(session.address(), true, AN_HOUR)));
        calls.put(
                "delete",
                session -> Stages.join(session.provider()
                        .delete(session.address(), SessionStates.BOTH, null, OperationToken.random(), false)));
        return calls;
    }

    private static SessionData of(String owner, boolean indexed) {
        Map<String, String> properties =
                owner.equals(NOBODY) ? Map.of("a", "1", "z", BOB) : Map.of("a", "1", PROPERTY, owner, "z", BOB);
        Set<String> names = indexed ? Set.of("a", PROPERTY) : Set.of("z");
        return new SessionData(properties, names, owner.getBytes(StandardCharsets.UTF_8));
    }

    private static SessionCalls owned(SessionCalls session, @Nullable String owner) {
        SessionAddress address = session.address()
                .ownedBy(new SessionOwner(PROPERTY, owner == null ? Set.of() : Set.of("not " + owner, owner)));
        return new SessionCalls(session.provider(), address);
    }

    private static SessionVersion starts(SessionCalls session, String owner, boolean indexed) {
        return starts(session, owner, indexed, sliding(3_600_000));
    }

    private static SessionVersion starts(SessionCalls session, String owner, boolean indexed, Lifetimes lifetimes) {
        StoreReply reply = session.start(List.of(Fresh.id()), of(owner, indexed), lifetimes, OperationToken.random());
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    /** Puts sessions of these owners under a key; null for none. */
    private static void put(SessionCalls session, @Nullable String running, @Nullable String finished) {
        if (finished != null) {
            starts(session, finished, true);
            assertDone(session.finish());
        }
        if (running != null) {
            starts(session, running, !running.equals(ANN));
        }
    }

    private static boolean isRefused(String call, @Nullable String running, @Nullable String finished) {
        if (call.equals("delete")) {
            return (running != null || finished != null) && !ANN.equals(running) && !ANN.equals(finished);
        }
        String first = FINISHED_FIRST.contains(call) ? finished : running;
        String second = FINISHED_FIRST.contains(call) ? running : finished;
        String counts = first != null ? first : second;
        return counts != null && !counts.equals(ANN);
    }

    private static String stored(SessionCalls session) {
        StoreReply reply = session.peek();
        return reply instanceof StoreReply.Done done && done.session() != null
                ? done.session().version() + " " + done.session().data().properties()
                : reply.toString();
    }

    private static long expiresAt(SessionCalls session) {
        return session.expiry(null) instanceof StoreReply.Done done ? done.expiresAt() : 0;
    }

    /** A length that was cut would make another name of it. */
    @Test
    default void aNameThatBeginsLikeAnothersShouldOwnNothing() {
        SessionCalls session = session();
        starts(session, BOB, true);

        assertThat(owned(session, BOB + "x".repeat(1 << 16)).get()).isInstanceOf(StoreReply.OtherOwner.class);
        assertDone(owned(session, BOB).get());
    }

    @Test
    default void anotherOwnersSessionShouldBeRefusedAndLeftAlone() {
        for (String running : new String[] {null, ANN, BOB, NOBODY}) {
            for (String finished : new String[] {null, ANN, BOB}) {
                SessionCalls refused = session();
                put(refused, running, finished);
                String before = stored(refused);
                long expiresAt = expiresAt(refused);
                pass();
                CALLS.forEach((name, call) -> {
                    if (isRefused(name, running, finished)) {
                        assertThat(call.apply(owned(refused, ANN)))
                                .as(name + " of " + running + " and " + finished)
                                .isInstanceOf(StoreReply.OtherOwner.class);
                    }
                });
                assertThat(stored(refused)).as(running + " and " + finished).isEqualTo(before);
                assertThat(expiresAt(refused)).isCloseTo(expiresAt, within(PASSED / 2));
            }
        }
    }

    @Test
    default void anOwnSessionShouldBeAsWithoutAnOwner() {
        for (String running : new String[] {null, ANN, BOB}) {
            for (String finished : new String[] {null, ANN, BOB}) {
                CALLS.forEach((name, call) -> {
                    boolean mixed = name.equals("delete") && running != null && finished != null;
                    if (!mixed && !isRefused(name, running, finished)) {
                        SessionCalls one = session();
                        SessionCalls other = session();
                        put(one, running, finished);
                        put(other, running, finished);

                        StoreReply expected = call.apply(other);
                        StoreReply reply = call.apply(owned(one, ANN));

                        assertThat(reply.getClass())
                                .as(name + " of " + running + " and " + finished)
                                .isEqualTo(expected.getClass());
                        assertThat(one.peek().getClass()).isEqualTo(other.peek().getClass());
                        assertThat(one.getFinished().getClass())
                                .isEqualTo(other.getFinished().getClass());
                    }
                });
            }
        }
    }

    @Test
    default void aDeletionShouldSpareAnotherOwnersSession() {
        SessionCalls running = session();
        put(running, ANN, BOB);
        assertDone(CALLS.get("delete").apply(owned(running, ANN)));
        assertThat(running.peek()).isInstanceOf(StoreReply.AlreadyFinished.class);

        SessionCalls finished = session();
        put(finished, BOB, ANN);
        assertDone(CALLS.get("delete").apply(owned(finished, ANN)));
        assertDone(finished.peek());
        assertThat(finished.getFinished()).isInstanceOf(StoreReply.AlreadyResumed.class);
    }

    @Test
    default void aCallerWithoutANameShouldOwnNothing() {
        for (String owner : List.of(ANN, NOBODY)) {
            SessionCalls session = session();
            starts(session, owner, true);
            assertThat(owned(session, null).get()).isInstanceOf(StoreReply.OtherOwner.class);
        }
        assertThat(owned(session(), null).get()).isInstanceOf(StoreReply.NotFound.class);
    }

    @Test
    default void aStartThatIsSentTwiceShouldBeDoneAlthoughItsSessionHasAnotherOwnerNow() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        List<String> ids = List.of(token.newSessionId());
        StoreReply started = owned(session, ANN).start(ids, of(ANN, true), AN_HOUR, token);
        assertThat(started).isInstanceOf(StoreReply.Started.class);
        SessionVersion version = ((StoreReply.Started) started).version();
        assertDone(session.update(version, of(BOB, true), OperationToken.random()));

        assertThat(owned(session, ANN).start(ids, of(ANN, true), AN_HOUR, token))
                .isInstanceOfSatisfying(
                        StoreReply.Started.class,
                        again -> assertThat(again.version()).isEqualTo(version));
        assertThat(owned(session, ANN).peek()).isInstanceOf(StoreReply.OtherOwner.class);
        assertDone(owned(session, BOB).peek());
    }

    @Test
    default void anExpiredSessionShouldBeNobodys() {
        SessionCalls session = session();
        starts(session, BOB, true, new Lifetimes(0, 1, 0, 3_600_000));

        assertThat(owned(session, ANN).get()).isInstanceOf(StoreReply.NotFound.class);
        starts(owned(session, ANN), ANN, true);
        assertDone(owned(session, ANN).get());
    }

    /** So that a touch would be seen. */
    private void pass() {
        long later = storeTime() + PASSED;
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > later);
    }
}

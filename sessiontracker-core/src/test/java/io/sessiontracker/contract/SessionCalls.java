package io.sessiontracker.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider's calls on one address, each waited for. Where a test does not care, a call has an operation token of its
 * own and lifetimes of an hour, and asks for the session.
 */
record SessionCalls(SessionDataProvider provider, SessionAddress address) {

    static final Lifetimes AN_HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    static final Lifetimes NEVER = new Lifetimes(0, 0, 0, 0);
    /** The first moment there is: it has passed by any clock. */
    static final Lifetimes DUE_AT_ONCE = new Lifetimes(0, 1, 0, 0);

    static Lifetimes sliding(long millis) {
        return new Lifetimes(0, 0, millis, 0);
    }

    static SessionData data(String state) {
        return new SessionData(Map.of("state", state), state.getBytes(StandardCharsets.UTF_8));
    }

    static String state(StoredSession session) {
        return new String(session.data().payload(), StandardCharsets.UTF_8);
    }

    /** Starts a session under a key without a running one, and returns its id and version. */
    SessionVersion starts(String state) {
        return starts(state, AN_HOUR);
    }

    SessionVersion starts(String state, Lifetimes lifetimes) {
        StoreReply reply = start(List.of(Fresh.id()), data(state), lifetimes, OperationToken.random());
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    /** Starts a session and finishes it. */
    SessionVersion startsAndFinishes(String state) {
        SessionVersion version = starts(state);
        assertDone(finish());
        return version;
    }

    StoreReply start(List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token) {
        return Stages.join(provider.start(address, ids, data, lifetimes, token, false));
    }

    StoreReply startAnother(boolean touchRunning) {
        return Stages.join(provider.start(
                address, List.of(Fresh.id()), data("another"), AN_HOUR, OperationToken.random(), touchRunning));
    }

    StoreReply get() {
        return Stages.join(provider.get(address, true));
    }

    StoreReply peek() {
        return Stages.join(provider.get(address, false));
    }

    StoreReply getIfChanged(StoredSession known, boolean touch) {
        return Stages.join(provider.getIfChanged(address, known.version(), known.write(), touch));
    }

    StoreReply getFinished() {
        return Stages.join(provider.getFinished(address));
    }

    StoreReply touch() {
        return Stages.join(provider.touch(address));
    }

    StoreReply expiry(@Nullable String id) {
        return Stages.join(provider.expiry(address, id));
    }

    /** Returns when the running session is due. */
    long expiresAt() {
        return expiresAt(expiry(null));
    }

    StoreReply expire(@Nullable String id, Lifetimes lifetimes) {
        return Stages.join(provider.expire(address, id, lifetimes));
    }

    /** Gives the running session other lifetimes, and returns when it is due. */
    long expires(Lifetimes lifetimes) {
        return expiresAt(expire(null, lifetimes));
    }

    static long expiresAt(StoreReply reply) {
        assertDone(reply);
        return ((StoreReply.Done) reply).expiresAt();
    }

    StoreReply update(SessionVersion expected, String state) {
        return update(expected, data(state), OperationToken.random());
    }

    StoreReply update(SessionVersion expected, SessionData data, OperationToken token) {
        return Stages.join(provider.update(address, expected, data, token));
    }

    StoreReply finish() {
        return finish(null, AN_HOUR, OperationToken.random());
    }

    StoreReply finish(SessionVersion only) {
        return finish(only, AN_HOUR, OperationToken.random());
    }

    StoreReply finish(@Nullable SessionVersion only, Lifetimes lifetimes, OperationToken token) {
        return Stages.join(provider.finish(address, only, lifetimes, token, true));
    }

    StoreReply resume() {
        return resume(null, AN_HOUR, OperationToken.random());
    }

    StoreReply resume(SessionVersion only) {
        return resume(only, AN_HOUR, OperationToken.random());
    }

    StoreReply resume(@Nullable SessionVersion only, Lifetimes lifetimes, OperationToken token) {
        return Stages.join(provider.resume(address, only, lifetimes, token, true));
    }

    /** Does not ask for the session. */
    StoreReply finishSilently(OperationToken token) {
        return Stages.join(provider.finish(address, null, AN_HOUR, token, false));
    }

    /** Does not ask for the session. */
    StoreReply resumeSilently(OperationToken token) {
        return Stages.join(provider.resume(address, null, AN_HOUR, token, false));
    }

    StoreReply delete() {
        return delete(null, OperationToken.random());
    }

    StoreReply delete(@Nullable SessionVersion only) {
        return delete(only, OperationToken.random());
    }

    StoreReply delete(@Nullable SessionVersion only, OperationToken token) {
        return Stages.join(provider.delete(address, SessionStates.BOTH, only, token, false));
    }

    StoreReply delete(SessionStates copies, @Nullable SessionVersion only) {
        return Stages.join(provider.delete(address, copies, only, OperationToken.random(), false));
    }

    void assertRunning(SessionVersion version, String state) {
        assertSession(peek(), version, state);
    }

    void assertFinished(SessionVersion version, String state) {
        assertSession(getFinished(), version, state);
    }

    void assertNothingRuns() {
        assertThat(peek()).isNotInstanceOf(StoreReply.Done.class);
    }

    /** Asks for what is removed. */
    StoreReply deleteReturning(@Nullable SessionVersion only) {
        return Stages.join(provider.delete(address, SessionStates.BOTH, only, OperationToken.random(), true));
    }

    void assertNothingFinished() {
        assertThat(getFinished()).isNotInstanceOf(StoreReply.Done.class);
    }

    /** Asks for what is removed. */
    StoreReply deleteReturning(@Nullable SessionVersion only, OperationToken token) {
        return Stages.join(provider.delete(address, SessionStates.BOTH, only, token, true));
    }

    static void assertSession(StoreReply reply, SessionVersion version, String state) {
        StoredSession session = sessionOf(reply);
        assertThat(session.version()).isEqualTo(version);
        assertThat(state(session)).isEqualTo(state);
        assertThat(session.data().properties()).isEqualTo(Map.of("state", state));
    }

    /** What a reply must be that has the session in it. */
    static StoredSession sessionOf(StoreReply reply) {
        assertThat(reply).isInstanceOf(StoreReply.Done.class);
        StoredSession session = ((StoreReply.Done) reply).session();
        assertThat(session).isNotNull();
        return session;
    }

    /** The same start; when it is due may not be known any more. */
    static void assertStartedAs(StoreReply reply, StoreReply first) {
        assertThat(reply).usingRecursiveComparison().ignoringFields("expiresAt").isEqualTo(first);
    }

    static void assertDone(StoreReply reply) {
        assertThat(reply).isInstanceOf(StoreReply.Done.class);
    }

    /** Done, and no session in it. */
    static void assertOnlyDone(StoreReply reply) {
        assertThat(reply).matches(r -> r instanceof StoreReply.Done done && done.session() == null);
    }

    static void assertNotFound(StoreReply reply) {
        assertThat(reply).isEqualTo(new StoreReply.NotFound());
    }

    static void assertAlreadyFinished(StoreReply reply) {
        assertThat(reply).isEqualTo(new StoreReply.AlreadyFinished());
    }

    static void assertAlreadyResumed(StoreReply reply) {
        assertThat(reply).isEqualTo(new StoreReply.AlreadyResumed());
    }

    static void assertConflict(StoreReply reply, long actual) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        StoreReply.VersionConflict.class,
                        conflict -> assertThat(conflict.actual()).isEqualTo(actual));
    }
}

package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Extends the {@link SessionDataProviderContract} for a store that does not answer a session which its caller has. */
public interface ConditionalReadContract extends DataFixture {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldNotAnswerAKnownSession(boolean touch) {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        StoredSession first = sessionOf(session.peek());
        assertUnchanged(session.getIfChanged(first, touch));
        session.update(version, "b");

        assertSession(session.getIfChanged(first, touch), version.next(), "b");
        StoredSession second = sessionOf(session.peek());
        assertUnchanged(session.getIfChanged(second, touch));
        assertSession(session.getIfChanged(at(second, version), touch), version.next(), "b");
        assertSession(session.getIfChanged(at(second, version.next().next()), touch), version.next(), "b");
    }

    /** A repeated call stores its latest state under the version that it has stored already. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldAnswerAVersionWhoseStateWasReplaced(boolean touch) {
        SessionCalls session = session();
        OperationToken start = OperationToken.random();
        String id = start.newSessionId();
        session.start(List.of(id), data("a"), AN_HOUR, start);
        StoredSession first = sessionOf(session.peek());
        session.start(List.of(start.next().newSessionId(), id), data("b"), AN_HOUR, start.next());
        assertSession(session.getIfChanged(first, touch), first.version(), "b");

        OperationToken update = OperationToken.random();
        session.update(first.version(), data("c"), update);
        StoredSession updated = sessionOf(session.peek());
        session.update(first.version(), data("d"), update.next());
        assertSession(session.getIfChanged(updated, touch), updated.version(), "d");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldAnswerAnotherStart(boolean touch) {
        SessionCalls session = session();
        session.starts("a");
        StoredSession deleted = sessionOf(session.peek());
        session.delete();
        assertNotFound(session.getIfChanged(deleted, touch));
        SessionVersion running = session.starts("b");

        assertSession(session.getIfChanged(deleted, touch), running, "b");
        assertSession(session.getIfChanged(at(deleted, new SessionVersion("no id", 1)), touch), running, "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldReportAKnownSessionThatEnded(boolean touch) {
        SessionCalls session = session();
        session.starts("a");
        StoredSession known = sessionOf(session.peek());
        session.finish();
        assertAlreadyFinished(session.getIfChanged(known, touch));
        session.resume(null, DUE_AT_ONCE, OperationToken.random());

        assertNotFound(session.getIfChanged(known, touch));
    }

    private static StoredSession at(StoredSession session, SessionVersion version) {
        return new StoredSession(version, session.write(), session.startedAt(), session.expiresAt(), session.data());
    }

    private static void assertUnchanged(StoreReply reply) {
        assertThat(reply).isInstanceOf(StoreReply.Unchanged.class);
    }
}

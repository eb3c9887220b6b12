package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static org.assertj.core.api.Assertions.assertThat;

/** Extends the {@link SessionDataProviderContract} for a store that does not answer a session which its caller has. */
public interface ConditionalReadContract extends DataFixture {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldNotAnswerAKnownSession(boolean touch) {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        assertUnchanged(session.getIfChanged(first, touch));
        session.update(first, "b");

        assertUnchanged(session.getIfChanged(first.next(), touch));
        assertSession(session.getIfChanged(first, touch), first.next(), "b");
        assertSession(session.getIfChanged(first.next().next(), touch), first.next(), "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldAnswerAnotherStart(boolean touch) {
        SessionCalls session = session();
        SessionVersion deleted = session.starts("a");
        session.delete();
        assertNotFound(session.getIfChanged(deleted, touch));
        SessionVersion running = session.starts("b");

        assertSession(session.getIfChanged(deleted, touch), running, "b");
        assertSession(session.getIfChanged(new SessionVersion("no id", 1), touch), running, "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldReportAKnownSessionThatEnded(boolean touch) {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        session.finish();
        assertAlreadyFinished(session.getIfChanged(version, touch));
        session.resume(null, DUE_AT_ONCE, OperationToken.random());

        assertNotFound(session.getIfChanged(version, touch));
    }

    private static void assertUnchanged(StoreReply reply) {
        assertThat(reply).isEqualTo(new StoreReply.Unchanged());
    }
}

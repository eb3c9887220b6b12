package io.sessiontracker.benchmarks.candidate;

import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

class LockNamespacesTest {

    /** The background renewal of one candidate's lock provider must not make another candidate's locks fail. */
    @Test
    void shouldLockWithEachProviderInOneRun() {
        try (RedisServer server = RedisServer.launch();
                Clients clients = new Clients(server)) {
            lockWith(Candidates.TRACKER, clients);
            lockWith(Candidates.OWN_LOCK, clients);
        }
    }

    private static void lockWith(String name, Clients clients) {
        try (Candidate candidate = Candidates.open(name, clients)) {
            ThreadSessions sessions = new ThreadSessions(name, Payload.SMALL);
            sessions.startAll(candidate, 1);
            assertThatCode(() -> Work.LOCKED_CHANGE.doOnce(sessions, candidate)).doesNotThrowAnyException();
        }
    }
}

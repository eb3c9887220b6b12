package io.sessiontracker.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;

/** Every key works, and no two keys, types or namespaces share anything. */
interface SeparationContract extends DataFixture {

    @ParameterizedTest
    @ArgumentsSource(UnusualKeys.class)
    default void shouldKeepASessionUnderAnyKey(String key) {
        SessionCalls session = session("checkout", key);
        SessionVersion first = session.starts("a");

        assertOnlyDone(session.update(first, "b"));
        assertSession(session.get(), first.next(), "b");
        assertSession(session.finish(), first.next(), "b");
        assertAlreadyFinished(session.touch());
        assertSession(session.getFinished(), first.next(), "b");
        assertSession(session.resume(), first.next(), "b");
        assertOnlyDone(session.delete(first.next()));
        assertNotFound(session.peek());
    }

    @Test
    default void shouldKeepKeysApart() {
        SessionDataProvider provider = provider(Fresh.namespace());
        assertApart(UnusualKeys.KEYS.stream()
                .map(key -> new SessionCalls(provider, new SessionAddress("checkout", key)))
                .toList());
    }

    @Test
    default void shouldKeepTypesOfAnyNamesApart() {
        SessionDataProvider provider = provider(Fresh.namespace());
        List<String> types =
                List.of("lock", "finished", "running", "r", "f", "s", "d", "0", "checkout", "checkout-f", "checkout-2");
        assertApart(types.stream()
                .map(type -> new SessionCalls(provider, new SessionAddress(type, "key")))
                .toList());
    }

    @Test
    default void shouldKeepTypesApartWhoseKeysCompleteEachOther() {
        SessionDataProvider provider = provider(Fresh.namespace());
        assertApart(List.of(
                new SessionCalls(provider, new SessionAddress("a", "b-c")),
                new SessionCalls(provider, new SessionAddress("a-b", "c")),
                new SessionCalls(provider, new SessionAddress("a", "a:b")),
                new SessionCalls(provider, new SessionAddress("a-a", "b")),
                new SessionCalls(provider, new SessionAddress("a", "b")),
                new SessionCalls(provider, new SessionAddress("b", "a"))));
    }

    @Test
    default void shouldKeepNamespacesApart() {
        String namespace = Fresh.namespace();
        assertApart(List.of(namespace, namespace + ":checkout", namespace + ".", namespace + "-").stream()
                .map(name -> new SessionCalls(provider(name), new SessionAddress("checkout", "key")))
                .toList());
    }

    @Test
    default void shouldSeeTheSameSessionsThroughTwoProvidersOfANamespace() {
        String namespace = Fresh.namespace();
        SessionAddress address = new SessionAddress("checkout", "key");
        SessionVersion version = new SessionCalls(provider(namespace), address).starts("a");

        new SessionCalls(provider(namespace), address).assertRunning(version, "a");
    }

    /** Starts, finishes and deletes each in turn, and looks whether the others stay what they were. */
    private static void assertApart(List<SessionCalls> sessions) {
        Map<SessionCalls, SessionVersion> versions = new LinkedHashMap<>();
        for (SessionCalls session : sessions) {
            versions.put(session, session.starts(session.address().toString()));
        }
        for (SessionCalls session : sessions) {
            session.assertRunning(versions.get(session), session.address().toString());
            session.finish();
        }
        for (SessionCalls session : sessions) {
            session.assertFinished(versions.get(session), session.address().toString());
            assertOnlyDone(session.delete());
            assertNotFound(session.getFinished());
        }
    }
}

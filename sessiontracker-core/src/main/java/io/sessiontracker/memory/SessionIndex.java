package io.sessiontracker.memory;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.sessiontracker.memory.SessionIndexEntry.Kind;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;

/** All sessions in the order of a scan; changed in the same step as the state that contains them. */
final class SessionIndex {

    private final ConcurrentSkipListSet<SessionIndexEntry> entries = new ConcurrentSkipListSet<>();

    void replace(SessionAddress address, @Nullable KeyState before, @Nullable KeyState after) {
        Set<SessionIndexEntry> old = of(address, before);
        Set<SessionIndexEntry> current = of(address, after);
        old.stream().filter(entry -> !current.contains(entry)).forEach(entries::remove);
        entries.addAll(current);
    }

    private static Set<SessionIndexEntry> of(SessionAddress address, @Nullable KeyState state) {
        Set<SessionIndexEntry> of = new HashSet<>();
        if (state != null) {
            add(of, address, Kind.RUNNING, state.running());
            add(of, address, Kind.FINISHED, state.finished());
            state.expired().forEach(expired -> add(of, address, Kind.EXPIRED, expired.entry()));
        }
        return of;
    }

    private static void add(
            Set<SessionIndexEntry> to, SessionAddress address, Kind kind, @Nullable SessionEntry session) {
        if (session != null) {
            to.add(SessionIndexEntry.of(address, kind, session.startedAt()));
        }
    }

    /** Returns the entries after one, to the end of its kind; they may or may not include what comes and goes meanwhile. */
    Iterable<SessionIndexEntry> after(SessionIndexEntry entry) {
        return () -> iterator(entry);
    }

    private Iterator<SessionIndexEntry> iterator(SessionIndexEntry entry) {
        return entries.tailSet(entry, false).stream()
                .takeWhile(next -> next.isOf(entry.type(), entry.kind()))
                .iterator();
    }
}

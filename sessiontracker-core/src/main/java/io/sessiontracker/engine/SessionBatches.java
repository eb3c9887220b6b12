package io.sessiontracker.engine;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/** The sessions that a scan finds, in batches; each is read when it is asked for. */
final class SessionBatches<S extends Session> implements Iterator<List<S>> {

    private final SessionQueries queries;
    private final SessionTypeInfo<S> info;
    private final FilteredScan scan;
    private final int size;
    private @Nullable List<S> next;

    SessionBatches(SessionQueries queries, SessionTypeInfo<S> info, FilteredScan scan, int size) {
        this.queries = queries;
        this.info = info;
        this.scan = scan;
        this.size = size;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = Futures.join(queries.batch(info, scan, size));
        }
        return !next.isEmpty();
    }

    @Override
    public List<S> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<S> batch = Objects.requireNonNull(next);
        next = null;
        return batch;
    }
}

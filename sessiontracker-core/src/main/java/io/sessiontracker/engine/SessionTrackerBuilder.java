package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link io.sessiontracker.SessionTracker} together in a program that has no framework to do it. The providers stay the
 * caller's, and are closed by it, after the tracker.
 */
public final class SessionTrackerBuilder {

    /** How many of its writes a {@code modify} lets other processes refuse, unless {@link #modifyAttempts} says otherwise. */
    public static final int MODIFY_ATTEMPTS = 64;

    private final SessionDataProvider data;
    private final SessionLockProvider locks;
    private final SessionCodec codec;
    private final List<SessionListener> listeners = new ArrayList<>();
    private final List<SessionInstrumentation> instrumentations = new ArrayList<>();
    private SessionTrackerSettings settings = SessionTrackerSettings.BUILT_IN;
    private SweepSettings sweep = SweepSettings.BUILT_IN;
    private Collection<Class<? extends Session>> types = List.of();
    private ThreadFactory sweepThread = SweepScheduler::daemon;
    private @Nullable Executor worker;
    private UnaryOperator<Runnable> context = UnaryOperator.identity();
    private int modifyAttempts = MODIFY_ATTEMPTS;
    private Duration changePatience = Duration.ofSeconds(1);

    /** Over these three, with the built-in settings. */
    public SessionTrackerBuilder(SessionDataProvider data, SessionLockProvider locks, SessionCodec codec) {
        this.data = Objects.requireNonNull(data, "data");
        this.locks = Objects.requireNonNull(locks, "locks");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /** With these settings in place of the built-in ones. */
    public SessionTrackerBuilder settings(SessionTrackerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sweeping like that. */
    public SessionTrackerBuilder sweep(SweepSettings sweep) {
        this.sweep = Objects.requireNonNull(sweep, "sweep");
        return this;
    }

    /** Sweeping in a thread of this factory; a daemon thread unless this says otherwise. */
    public SessionTrackerBuilder sweepThread(ThreadFactory factory) {
        this.sweepThread = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** Knowing these classes from the start, so that two with one name are found at once; others become known by use. */
    public SessionTrackerBuilder types(Collection<Class<? extends Session>> types) {
        this.types = List.copyOf(types);
        return this;
    }

    /** Telling this listener, after those that were added before. */
    public SessionTrackerBuilder listener(SessionListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Telling this one what is done, beside those that were added before. */
    public SessionTrackerBuilder instrumentation(SessionInstrumentation instrumentation) {
        instrumentations.add(Objects.requireNonNull(instrumentation, "instrumentation"));
        return this;
    }

    /**
     * Running what the application gives to {@linkplain ClosableSessionTracker#async the face that does not wait} on these threads;
     * as many daemon threads of its own as there are processors unless this says otherwise. The executor stays the caller's.
     */
    public SessionTrackerBuilder worker(Executor executor) {
        this.worker = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Taking the context of a caller of {@linkplain ClosableSessionTracker#async the API that does not wait} along to the worker that makes its change.
     *
     * @param context called in the caller's thread; what it returns runs the task in that thread's context, maybe several times
     */
    public SessionTrackerBuilder context(UnaryOperator<Runnable> context) {
        this.context = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Letting a {@code modify} try to store so many times, with pauses that grow, while other processes write to the same session.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public SessionTrackerBuilder modifyAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("modify needs at least one attempt, not " + attempts);
        }
        this.modifyAttempts = attempts;
        return this;
    }

    /**
     * Letting a change of a {@code modify} take that long while others of the same key wait: then they go on without it, and it is
     * made again after them. A second unless this says otherwise.
     */
    public SessionTrackerBuilder changePatience(Duration patience) {
        this.changePatience = Objects.requireNonNull(patience, "patience");
        return this;
    }

    /**
     * The tracker, which sweeps in the background from now on if its settings say so.
     *
     * @throws DuplicateSessionTypeException if two of the known classes have one type name
     * @throws MissingRetentionException if a listener names a type of whose expiry it would never hear
     * @throws ShortRetentionException if it names one whose retention is too short for the sweep's interval and lease
     * @throws IllegalStateException if a known class has no valid type name
     */
    public ClosableSessionTracker build() {
        ClosableSessionTracker tracker = buildIdle();
        tracker.startSweeping();
        return tracker;
    }

    /** As {@link #build}, but sweeps in the background only when it is {@linkplain ClosableSessionTracker#startSweeping told to}. */
    public ClosableSessionTracker buildIdle() {
        SessionTypes sessionTypes = new SessionTypes(settings, codec, types);
        SessionListeners sessionListeners = new SessionListeners(sessionTypes, settings, sweep);
        sessionListeners.add(listeners);

        SessionInstrumentation told = CompositeInstrumentation.of(instrumentations);
        StoreReplyMapper replies = new StoreReplyMapper(codec, told);
        SessionEvents events = new SessionEvents(replies, sessionListeners);
        SessionSweeper sweeper = new SessionSweeper(sessionTypes, data, replies, events, sweep, told);
        CallbackExecutor workers = worker == null ? CallbackExecutor.ofTheirOwn() : new CallbackExecutor(worker);
        LockProviderRecord record = new LockProviderRecord(data, locks);
        Parts parts = new Parts(sessionTypes, replies, events, record, told);
        DispatchingDataProvider waiting = new DispatchingDataProvider(data, ReplyDispatcher::toWaitingCaller);
        ModifyQueues queues = new ModifyQueues(
                data,
                new SessionOperations(sessionTypes, codec, replies, waiting, events),
                replies,
                events,
                modifyAttempts,
                changePatience);
        return new BlockingSessionTracker(
                engine(parts, waiting, SessionModification.waiting(sessionTypes, queues)),
                sweeper,
                sessionListeners,
                new SweepScheduler(sweeper, events, sweep, sweepThread, told),
                new DefaultAsyncSessionTracker(
                        engine(
                                parts,
                                new DispatchingDataProvider(
                                        OffloadedDataProvider.of(data, workers.executor()), workers),
                                SessionModification.by(workers.executor(), sessionTypes, queues, context)),
                        sweeper,
                        workers),
                record);
    }

    private record Parts(
            SessionTypes types,
            StoreReplyMapper replies,
            SessionEvents events,
            LockProviderRecord lockProvider,
            SessionInstrumentation instrumentation) {}

    private Engine engine(Parts parts, DispatchingDataProvider store, SessionModification modification) {
        OperationObserver observed = new OperationObserver(parts.instrumentation);
        SessionOperations operations = new SessionOperations(parts.types, codec, parts.replies, store, parts.events);
        SessionTransitions moves = new SessionTransitions(parts.types, parts.replies, store, parts.events);
        SessionLocks sessionLocks = new SessionLocks(
                parts.types,
                locks,
                locks.lockingReader(data).orElse(null),
                new RecordedLocks(parts.lockProvider, store, parts.instrumentation),
                operations,
                parts.replies,
                parts.instrumentation);
        return new Engine(
                parts.types,
                new SessionCalls(parts.types, operations, moves, modification, sessionLocks, observed),
                new SessionQueries(store, moves, parts.replies, parts.events, observed));
    }
}

package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.Session;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.cache.NearCachedDataProvider;
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

    /** How often a watched session is compared with the store, unless {@link #watchInterval} says otherwise. */
    public static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    private final SessionDataProvider data;
    private final SessionLockProvider locks;
    private final SessionCodec codec;
    private final List<SessionListener> listeners = new ArrayList<>();
    private final List<SessionInstrumentation> instrumentations = new ArrayList<>();
    private SessionTrackerSettings settings = SessionTrackerSettings.BUILT_IN;
    private SweepSettings sweep = SweepSettings.BUILT_IN;
    private Collection<Class<? extends Session>> types = List.of();
    private ThreadFactory sweepThread = SweepScheduler::daemon;
    private long nearCacheBytes = 32 << 20;
    private @Nullable Executor worker;
    private UnaryOperator<Runnable> context = UnaryOperator.identity();
    private int modifyAttempts = MODIFY_ATTEMPTS;
    private Duration modifyTurnLimit = Duration.ofSeconds(1);
    private Duration watchInterval = WATCH_INTERVAL;
    private SessionAuthorizer authorizer = SessionAuthorizer.PERMIT_ALL;
    private @Nullable SessionCallerResolver callers;

    /** Creates a builder for a tracker over a store, a lock service and a codec, with the built-in settings. */
    public SessionTrackerBuilder(SessionDataProvider data, SessionLockProvider locks, SessionCodec codec) {
        this.data = Objects.requireNonNull(data, "data");
        this.locks = Objects.requireNonNull(locks, "locks");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /** Sets the types' settings. */
    public SessionTrackerBuilder settings(SessionTrackerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sets how expired sessions are found. */
    public SessionTrackerBuilder sweep(SweepSettings sweep) {
        this.sweep = Objects.requireNonNull(sweep, "sweep");
        return this;
    }

    /** Sets the factory of the sweep's thread; by default it is a daemon thread. */
    public SessionTrackerBuilder sweepThread(ThreadFactory factory) {
        this.sweepThread = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** Sets the classes that are known from the start, so that two with one name are found at once; others become known by use. */
    public SessionTrackerBuilder types(Collection<Class<? extends Session>> types) {
        this.types = List.copyOf(types);
        return this;
    }

    /** Adds a listener, which is notified after those that were added before. */
    public SessionTrackerBuilder listener(SessionListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds an instrumentation. */
    public SessionTrackerBuilder instrumentation(SessionInstrumentation instrumentation) {
        instrumentations.add(Objects.requireNonNull(instrumentation, "instrumentation"));
        return this;
    }

    /** Sets who may do what; by default everyone may do everything. */
    public SessionTrackerBuilder authorizer(SessionAuthorizer authorizer) {
        this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
        return this;
    }

    /** Sets what finds out who calls, for types whose sessions have an {@linkplain SessionTypeSettings#owner owner}. */
    public SessionTrackerBuilder callers(SessionCallerResolver resolver) {
        this.callers = Objects.requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Sets the executor that runs the application's code for the {@linkplain ClosableSessionTracker#async async API}; by default there are
     * as many daemon threads as processors. The caller keeps the ownership of the executor, and closes it.
     */
    public SessionTrackerBuilder worker(Executor executor) {
        this.worker = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sets how the context of a caller of the {@linkplain ClosableSessionTracker#async async API} is taken along to the worker that makes its
     * change.
     *
     * @param context called in the caller's thread; what it returns runs the task in that thread's context, maybe several times
     */
    public SessionTrackerBuilder context(UnaryOperator<Runnable> context) {
        this.context = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Sets how often a {@code modify} tries to store its change, with back-off, while other processes write to the same session.
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
     * Sets how long the change of a {@code modify} may take while others of the same key wait; by default a second. After that they go on
     * without it, and it is made again after them.
     */
    public SessionTrackerBuilder modifyTurnLimit(Duration limit) {
        this.modifyTurnLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Sets how often a watched session is compared with the store where no change of it is announced.
     *
     * @throws IllegalArgumentException if it is less than a millisecond
     */
    public SessionTrackerBuilder watchInterval(Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("The watch interval must be at least a millisecond; it is " + interval);
        }
        this.watchInterval = interval;
        return this;
    }

    /**
     * Sets how much memory all near caches of the tracker may take together, estimated; by default 32 MB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SessionTrackerBuilder nearCacheSize(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The near cache's size must be positive; it is " + bytes);
        }
        this.nearCacheBytes = bytes;
        return this;
    }

    /**
     * Builds a tracker, which sweeps in the background from now on if its settings say so.
     *
     * @throws DuplicateSessionTypeException if two of the known classes have one type name
     * @throws MissingRetentionException if a listener names a type whose expired sessions are not kept for delivery
     * @throws ShortRetentionException if it names one whose retention is too short for the sweep's interval and lease
     * @throws TooManyIndexedPropertiesException if a type has more indexed properties than the store can have
     * @throws UnannouncedChangesException if a type's near cache is to answer from memory, and the store announces no changes
     * @throws IllegalStateException if a known class has no valid type name, or a type's sessions have an owner and there are no callers
     */
    public ClosableSessionTracker build() {
        ClosableSessionTracker tracker = buildIdle();
        tracker.startSweeping();
        return tracker;
    }

    /** Builds a tracker that sweeps in the background only after {@link ClosableSessionTracker#startSweeping}. */
    public ClosableSessionTracker buildIdle() {
        settings.requireIndexedProperties(data.description().maxIndexedProperties());
        SessionTypes sessionTypes = new SessionTypes(settings, codec, types);
        SessionListeners sessionListeners = new SessionListeners(sessionTypes, settings, sweep);
        sessionListeners.add(listeners);

        SessionInstrumentation instrumentation = CompositeInstrumentation.of(instrumentations);
        StoreReplyMapper replies = new StoreReplyMapper(codec, instrumentation);
        CallerTransactions transactions = new CallerTransactions(data);
        SessionEvents events = new SessionEvents(replies, sessionListeners, transactions);
        SessionSweeper sweeper = new SessionSweeper(sessionTypes, data, replies, events, sweep, instrumentation);
        CallbackExecutor workers = worker == null ? CallbackExecutor.withOwnThreads() : new CallbackExecutor(worker);
        NearCachedDataProvider nearCache = nearCache(instrumentation);
        SessionDataProvider store = nearCache == null ? data : nearCache;
        SessionDataProvider offloaded = OffloadedDataProvider.of(store, workers.executor());
        LockProviderRecord record = new LockProviderRecord(offloaded, locks);
        EngineParts parts = new EngineParts(
                data,
                locks,
                codec,
                sessionTypes,
                replies,
                events,
                transactions,
                record,
                new LossCallbacks(workers, events::report));
        OperationObserver observer = new OperationObserver(instrumentation, authorizer, requireCallers(), () -> {});
        DispatchingDataProvider waiting = new DispatchingDataProvider(store, ReplyDispatcher::toWaitingCaller);
        SessionOperations operations = parts.operations(waiting, observer);
        ModifyQueues queues = new ModifyQueues(parts, store, offloaded, operations, modifyAttempts, modifyTurnLimit);
        SessionWatches watches = new SessionWatches(replies, events, offloaded, workers.executor(), watchInterval);
        if (nearCache != null) {
            nearCache.onChange(watches::changed);
        }
        Function<OperationObserver, AsyncSessionTracker> async = asked -> {
            OperationObserver asyncObserver = asked.admitted(transactions::refuse);
            return new DefaultAsyncSessionTracker(
                    parts.engine(
                            new DispatchingDataProvider(offloaded, workers),
                            SessionModification.async(
                                    workers.executor(), sessionTypes, queues, transactions, context, asyncObserver),
                            watches,
                            asyncObserver),
                    sweeper,
                    workers,
                    transactions);
        };
        return new BlockingSessionTracker(
                parts.engine(
                        waiting,
                        SessionModification.blocking(sessionTypes, queues, transactions, observer),
                        watches,
                        observer),
                sweeper,
                sessionListeners,
                new BackgroundWork(
                        record,
                        Optional.ofNullable(nearCache),
                        new SweepScheduler(sweeper, events, sweep, sweepThread, instrumentation),
                        watches),
                async,
                observer,
                transactions);
    }

    private SessionCallerResolver requireCallers() {
        SessionCallerResolver resolver = callers;
        if (resolver != null) {
            return resolver;
        }
        if (settings.hasOwners()) {
            throw new IllegalStateException(
                    "Sessions of a type have an owner, and nothing says who calls: set SessionTrackerBuilder.callers");
        }
        return Optional::empty;
    }

    private @Nullable NearCachedDataProvider nearCache(SessionInstrumentation instrumentation) {
        if (!settings.hasNearCache()) {
            return null;
        }
        Optional<Duration> leastStaleness = settings.leastStaleness();
        return new NearCachedDataProvider(
                data,
                type -> settings.of(type).nearCache(),
                leastStaleness.isPresent() ? settings.requireAnnouncements(data) : null,
                leastStaleness.orElse(NearCacheSettings.MAX_STALENESS),
                nearCacheBytes,
                instrumentation);
    }
}

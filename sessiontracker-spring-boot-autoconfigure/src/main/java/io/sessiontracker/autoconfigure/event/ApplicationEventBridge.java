package io.sessiontracker.autoconfigure.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Publishes session events as application events with their generic types, if a listener names them.
 *
 * <p>Spring calls the listeners in turn, in the thread that did the work, and the first exception ends the publication: later
 * listeners miss that event, except for a {@code SessionExpired} or a {@code SessionReminder}, which is redelivered to all. Exceptions to this:
 *
 * <ul>
 *   <li>An {@code @Async} listener counts as done once its executor has accepted it. Later exceptions are not seen, and its
 *       {@code SessionExpired} or {@code SessionReminder} is not redelivered, not even if the process dies. The same holds for all listeners if the
 *       application's {@code applicationEventMulticaster} has an executor or an error handler.
 *   <li>A {@code @TransactionalEventListener} is called after the transaction, although the session was stored at once,
 *       whether or not the transaction commits. Outside a transaction, where sessions expire, it is called only with {@code
 *       fallbackExecution = true}; without it, it does not count as a listener for these two.
 *   <li>Nothing is published of what beans do with sessions before all singletons exist.
 *   <li>A listener that is added to the context later receives what is published, but causes no publication. The same holds
 *       for a listener that accepts any event.
 *   <li>A listener in a child context receives nothing, as with any application event.
 * </ul>
 */
public final class ApplicationEventBridge implements SessionListener {

    private final ApplicationContext context;
    private final SpringListeners listeners;
    private final Map<Class<? extends Session>, Set<Class<?>>> wanted = new ConcurrentHashMap<>();
    private final Map<String, Class<? extends Session>> types = new ConcurrentHashMap<>();

    private ApplicationEventBridge(ApplicationContext context) {
        this.context = context;
        this.listeners = SpringListeners.of(context);
    }

    /** Creates the bridge to the listeners of a context, all of whose singletons exist. */
    public static ApplicationEventBridge to(ApplicationContext context) {
        return new ApplicationEventBridge(context);
    }

    /** Returns the session classes that listeners name, for whichever event. */
    public Set<Class<? extends Session>> sessionClasses() {
        return listeners.namedTypes();
    }

    /** Warns of listeners that no event can reach. */
    public void warnOfUnreachableListeners() {
        listeners.warnOfUnreachable();
    }

    @Override
    public boolean listensTo(Class<?> event, Class<? extends Session> type) {
        Set<Class<?>> kinds = wanted.get(type);
        return (kinds != null ? kinds : wanted.computeIfAbsent(type, this::kinds)).contains(event);
    }

    private Set<Class<?>> kinds(Class<? extends Session> type) {
        types.put(SessionInternals.requireTypeName(type), type);
        return Arrays.stream(SessionEvent.class.getPermittedSubclasses())
                .filter(event -> listeners.anyAccepts(event, type))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Only classes whose expiry is named: without a retention such a listener would never be called. A listener for {@code
     * SessionEvent<CheckoutSession>} receives other events, and may exist for those.
     */
    @Override
    public Set<Class<? extends Session>> namedTypes() {
        return listeners.namedForExpiry();
    }

    // The event may carry no session, but listensTo was called for its type before.
    @Override
    public void onEvent(SessionEvent<?> event) {
        Class<? extends Session> type = Objects.requireNonNull(types.get(event.type()));
        context.publishEvent(new PayloadApplicationEvent<>(context, event, EventTypes.payload(event.getClass(), type)));
    }

    @Override
    public void onError(SessionTrackerError error) {
        context.publishEvent(error);
    }
}

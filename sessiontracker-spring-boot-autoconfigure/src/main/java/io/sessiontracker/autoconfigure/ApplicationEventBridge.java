package io.sessiontracker.autoconfigure;

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
 * Publishes what happens to sessions as application events with their generic types, if there is a listener that names them.
 *
 * <p>Spring calls the listeners in turn, in the thread that did the work, and the first one that throws ends it: those after it
 * do not hear of that event, a {@code SessionExpired} aside, which comes again for all of them. Some listeners are out of this
 * order:
 *
 * <ul>
 *   <li>An {@code @Async} listener is done, for the tracker, when its executor has taken it over. What it throws later is
 *       not seen, and its {@code SessionExpired} does not come again, nor if the process dies meanwhile. The same goes for all
 *       listeners if the application's {@code applicationEventMulticaster} has an executor or an error handler.
 *   <li>A {@code @TransactionalEventListener} hears of what is done within a transaction, when that is over, although the
 *       session was stored at once, whatever becomes of the transaction. Outside of one it is called only if it says {@code
 *       fallbackExecution = true}; sessions expire outside of one. Without, it counts as no listener for {@code SessionExpired}.
 *   <li>What beans do with sessions before all singletons are made is told to nobody.
 *   <li>A listener that is added to the context later hears what is published, but nothing is published for it alone. So does
 *       one that takes any event.
 *   <li>A listener in a child context hears nothing, as with any application event.
 * </ul>
 */
final class ApplicationEventBridge implements SessionListener {

    private final ApplicationContext context;
    private final SpringListeners listeners;
    private final Map<Class<? extends Session>, Set<Class<?>>> wanted = new ConcurrentHashMap<>();
    private final Map<String, Class<? extends Session>> types = new ConcurrentHashMap<>();

    ApplicationEventBridge(ApplicationContext context, SpringListeners listeners) {
        this.context = context;
        this.listeners = listeners;
    }

    @Override
    public boolean listensTo(Class<?> event, Class<? extends Session> type) {
        Set<Class<?>> kinds = wanted.get(type);
        return (kinds != null ? kinds : wanted.computeIfAbsent(type, this::kinds)).contains(event);
    }

    private Set<Class<?>> kinds(Class<? extends Session> type) {
        types.put(SessionInternals.requireTypeName(type), type);
        return Arrays.stream(SessionEvent.class.getPermittedSubclasses())
                .filter(event -> listeners.anyTakes(event, type))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Who waits for the expiry of a type that has no retention would wait for ever. Not so a listener for {@code
     * SessionEvent<CheckoutSession>}, which hears of everything else; it may well be there for that.
     */
    @Override
    public Set<Class<? extends Session>> namedTypes() {
        return listeners.namedForExpiry();
    }

    // The session may be missing, but its type was asked for before.
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

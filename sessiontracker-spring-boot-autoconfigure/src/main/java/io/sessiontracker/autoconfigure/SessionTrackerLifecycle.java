package io.sessiontracker.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.spring.WithSessionPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Brings tracker and listeners together when both are made, so that a listener may use the tracker; sweeps while the context
 * runs. In the default phase, it is started after all that the listeners need, and stopped before: a sweep never meets a
 * connection that is closed.
 */
final class SessionTrackerLifecycle implements SmartInitializingSingleton, SmartLifecycle {

    private final ObjectProvider<ClosableSessionTracker> tracker;
    private final SessionClasses classes;
    private final SessionTrackerSettings settings;
    private final ApplicationContext context;
    private final StartupSummary summary;
    private volatile boolean running;

    /** The tracker may be none of ours: a test puts a mock in its place. */
    SessionTrackerLifecycle(
            ObjectProvider<ClosableSessionTracker> tracker,
            SessionClasses classes,
            SessionTrackerSettings settings,
            ApplicationContext context,
            StartupSummary summary) {
        this.tracker = tracker;
        this.classes = classes;
        this.settings = settings;
        this.context = context;
        this.summary = summary;
    }

    @Override
    public void afterSingletonsInstantiated() {
        SpringListeners spring = SpringListeners.of(context);
        Set<Class<? extends Session>> named = new LinkedHashSet<>(spring.namedTypes());
        context.getBeanProvider(WithSessionPostProcessor.class).forEach(it -> named.addAll(it.sessionTypes()));
        List<SessionListener> listeners = Stream.concat(
                        context.getBeanProvider(SessionListener.class).orderedStream(),
                        Stream.of(new ApplicationEventBridge(context, spring)))
                .toList();
        tracker.ifAvailable(it -> it.addListeners(listeners, named));
        listeners.forEach(listener -> named.addAll(listener.namedTypes()));
        classes.tellOfUnknown(settings.types().keySet(), named);
        spring.tellOfDeaf();
        UnknownPropertyCheck.tell(context.getEnvironment());
        context.getBeanProvider(SessionTrackerProperties.class).ifAvailable(ShortLifetimes::warn);
        tracker.ifAvailable(it -> summary.tell(it.knownTypes().keySet()));
    }

    @Override
    public void start() {
        tracker.ifAvailable(ClosableSessionTracker::startSweeping);
        running = true;
    }

    @Override
    public void stop() {
        tracker.ifAvailable(ClosableSessionTracker::stopSweeping);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package io.sessiontracker.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.autoconfigure.event.ApplicationEventBridge;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.SettingsCheck;
import io.sessiontracker.autoconfigure.types.SessionClasses;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.spring.WithSessionPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Adds the listeners to the tracker once both exist, so that a listener may use the tracker; sweeps while the context runs. In
 * the default phase it starts after everything that listeners need, and stops before it: no sweep runs on a closed connection.
 */
final class SessionTrackerLifecycle implements SmartInitializingSingleton, SmartLifecycle {

    private final ObjectProvider<ClosableSessionTracker> tracker;
    private final SessionClasses classes;
    private final SessionTrackerSettings settings;
    private final ApplicationContext context;
    private final StartupSummary summary;
    private volatile boolean running;

    /** The tracker may be absent: a test may replace it with a mock. */
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
        ApplicationEventBridge events = ApplicationEventBridge.to(context);
        Set<Class<? extends Session>> named = new LinkedHashSet<>(events.sessionClasses());
        context.getBeanProvider(WithSessionPostProcessor.class).forEach(it -> named.addAll(it.sessionTypes()));
        List<SessionListener> listeners = Stream.concat(
                        context.getBeanProvider(SessionListener.class).orderedStream(), Stream.of(events))
                .toList();
        tracker.ifAvailable(it -> it.addListeners(listeners, named));
        listeners.forEach(listener -> named.addAll(listener.namedTypes()));
        classes.warnOfUnknown(settings.types().keySet(), named);
        events.warnOfUnreachableListeners();
        SettingsCheck.warnOfUnknownNames(context);
        context.getBeanProvider(SessionTrackerProperties.class).ifAvailable(SettingsCheck::warnOfShortLifetimes);
        tracker.ifAvailable(it -> summary.log(it.knownTypes().keySet()));
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

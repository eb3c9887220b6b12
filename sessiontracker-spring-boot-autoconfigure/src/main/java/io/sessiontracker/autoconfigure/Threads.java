package io.sessiontracker.autoconfigure;

import java.util.concurrent.Executor;

import io.micrometer.context.ContextSnapshotFactory;
import io.sessiontracker.engine.SessionTrackerBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/** Whose threads a tracker's own work runs on. */
final class Threads {

    /**
     * The bean whose threads call what the application gives to the async and reactive trackers. By name, and none of ours: an
     * executor bean makes Spring Boot's own ones back off.
     */
    static final String WORKER = "sessionTrackerWorker";

    private static final String CONTEXT_PROPAGATION = "io.micrometer.context.ContextSnapshotFactory";

    private Threads() {}

    static SessionTrackerBuilder choose(SessionTrackerBuilder builder, ApplicationContext context) {
        if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
            builder.worker(new VirtualThreadTaskExecutor("session-tracker-worker-"))
                    .sweepThread(new VirtualThreadTaskExecutor("session-tracker-sweep-").getVirtualThreadFactory());
        }
        if (ClassUtils.isPresent(CONTEXT_PROPAGATION, context.getClassLoader())) {
            builder.context(CallersContext.decorator()::decorate);
        }
        return context.containsBean(WORKER) ? builder.worker(context.getBean(WORKER, Executor.class)) : builder;
    }

    /** Loaded only where Micrometer's context propagation is. */
    private static final class CallersContext {

        /** What the caller's context has not is cleared: the worker may come from another caller. */
        static ContextPropagatingTaskDecorator decorator() {
            return new ContextPropagatingTaskDecorator(
                    ContextSnapshotFactory.builder().clearMissing(true).build());
        }
    }
}

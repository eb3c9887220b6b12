package io.sessiontracker.autoconfigure;

import java.util.concurrent.Executor;

import io.micrometer.context.ContextSnapshotFactory;
import io.sessiontracker.engine.SessionTrackerBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/** Chooses the threads of a tracker's callbacks and sweeps. */
final class TrackerThreads {

    /**
     * The executor bean that runs callbacks of the async and reactive trackers. Matched by name and never created here: an
     * executor bean makes Spring Boot's own back off.
     */
    static final String WORKER = "sessionTrackerWorker";

    private static final String CONTEXT_PROPAGATION = "io.micrometer.context.ContextSnapshotFactory";

    private TrackerThreads() {}

    static SessionTrackerBuilder choose(SessionTrackerBuilder builder, ApplicationContext context) {
        if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
            builder.worker(new VirtualThreadTaskExecutor("sessiontracker-worker-"))
                    .sweepThread(new VirtualThreadTaskExecutor("sessiontracker-sweep-").getVirtualThreadFactory());
        }
        if (ClassUtils.isPresent(CONTEXT_PROPAGATION, context.getClassLoader())) {
            builder.context(CallerContext.decorator()::decorate);
        }
        return context.containsBean(WORKER) ? builder.worker(context.getBean(WORKER, Executor.class)) : builder;
    }

    /** Loaded only if Micrometer's context propagation is present. */
    private static final class CallerContext {

        /** Values missing in the caller's context are cleared: the worker may still have another caller's. */
        static ContextPropagatingTaskDecorator decorator() {
            return new ContextPropagatingTaskDecorator(
                    ContextSnapshotFactory.builder().clearMissing(true).build());
        }
    }
}

package io.sessiontracker.autoconfigure;

import java.util.concurrent.Executor;

import io.sessiontracker.engine.SessionTrackerBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Whose threads a tracker's own work runs on. */
final class Threads {

    /**
     * The bean whose threads call what the application gives to the async and reactive trackers. By name, and none of ours: an
     * executor bean makes Spring Boot's own ones back off.
     */
    static final String WORKER = "sessionTrackerWorker";

    private Threads() {}

    static SessionTrackerBuilder choose(SessionTrackerBuilder builder, ApplicationContext context) {
        if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
            builder.worker(new VirtualThreadTaskExecutor("session-tracker-worker-"))
                    .sweepThread(new VirtualThreadTaskExecutor("session-tracker-sweep-").getVirtualThreadFactory());
        }
        return context.containsBean(WORKER) ? builder.worker(context.getBean(WORKER, Executor.class)) : builder;
    }
}

package io.sessiontracker.sample.readme;

import java.util.concurrent.Executor;

import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The example of docs/async.md. Not annotated, so that the shop's scan does not find it. */
class WorkerConfiguration {

    @Bean(defaultCandidate = false)
    Executor sessionTrackerWorker() {
        ThreadPoolTaskExecutor workers = new ThreadPoolTaskExecutor();
        workers.setCorePoolSize(8);
        workers.setThreadNamePrefix("sessions-");
        return workers;
    }
}

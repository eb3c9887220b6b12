package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.TrackerMethod;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Between a running and a finished session: the store's call, the lifetimes that the session then has, and its event. */
record Transition(
        TrackerMethod operation,
        TrackerMethod operationAndGet,
        Call call,
        Function<SessionTypeInfo<?>, Lifetimes> lifetimes,
        Class<?> event,
        SessionEvents.Kind kind) {

    static final Transition FINISH = new Transition(
            TrackerMethod.FINISH,
            TrackerMethod.FINISH_AND_GET,
            SessionDataProvider::finish,
            SessionTypeInfo::finishedLifetimes,
            SessionFinished.class,
            SessionFinished::new);
    static final Transition RESUME = new Transition(
            TrackerMethod.RESUME,
            TrackerMethod.RESUME_AND_GET,
            SessionDataProvider::resume,
            SessionTypeInfo::runningLifetimes,
            SessionResumed.class,
            SessionResumed::new);

    /** {@link SessionDataProvider#finish} or {@link SessionDataProvider#resume}. */
    interface Call {
        CompletionStage<StoreReply> send(
                SessionDataProvider store,
                SessionAddress address,
                @Nullable SessionVersion expected,
                Lifetimes lifetimes,
                OperationToken token,
                boolean returnSession);
    }
}

package io.sessiontracker.autoconfigure;

import io.sessiontracker.engine.MissingRetentionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the setting without which a listener would wait for ever. */
final class MissingRetentionFailureAnalyzer extends AbstractFailureAnalyzer<MissingRetentionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingRetentionException failure) {
        return new FailureAnalysis(
                ("A listener for SessionExpired<%s> would never be called: nothing is kept of a session of type \"%s\" when"
                                + " its time has run out.")
                        .formatted(failure.sessionClass().getSimpleName(), failure.type()),
                ("Set session-tracker.types.%s.expired-retention to how long its last state is to be kept so that it can be"
                                + " told, such as 10m, or remove the listener.")
                        .formatted(failure.type()),
                failure);
    }
}

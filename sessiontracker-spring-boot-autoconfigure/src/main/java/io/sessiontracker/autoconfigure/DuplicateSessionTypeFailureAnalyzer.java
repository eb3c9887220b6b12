package io.sessiontracker.autoconfigure;

import io.sessiontracker.engine.DuplicateSessionTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the two classes that claim one session type name. */
final class DuplicateSessionTypeFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateSessionTypeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DuplicateSessionTypeException failure) {
        return new FailureAnalysis(
                "Two classes are session type \"%s\":%n%n\t- %s%n\t- %s"
                        .formatted(
                                failure.type(),
                                failure.first().getName(),
                                failure.second().getName()),
                "Give one of them another name with @SessionType(\"…\").",
                failure);
    }
}

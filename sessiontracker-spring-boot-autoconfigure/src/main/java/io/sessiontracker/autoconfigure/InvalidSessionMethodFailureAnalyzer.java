package io.sessiontracker.autoconfigure;

import io.sessiontracker.spring.InvalidSessionMethodException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the method on which an annotation cannot work, and what to change. */
final class InvalidSessionMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSessionMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSessionMethodException failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
    }
}

package io.sessiontracker.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a {@link ConfigurationFailure}. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationFailure failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
    }
}

package io.sessiontracker.sample.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides the two windows, opened once and closed after the last test. Fails a test after which the page has errors. */
final class TwoWindowsExtension implements ParameterResolver, AfterEachCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TwoWindows.class;
    }

    @Override
    public TwoWindows resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return windows(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        windows(context).shouldHaveNoComplaints();
    }

    private static TwoWindows windows(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(TwoWindowsExtension.class))
                .computeIfAbsent(TwoWindows.class, type -> new TwoWindows(), TwoWindows.class);
    }
}

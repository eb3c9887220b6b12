package io.sessiontracker.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Removes all sessions and locks after each test; not before, so that those created by the context itself remain. */
final class FreshSessionsTestExecutionListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext testContext) {
        if (testContext.hasApplicationContext()) {
            testContext
                    .getApplicationContext()
                    .getBeanProvider(FreshProviders.class)
                    .ifAvailable(FreshProviders::renew);
        }
    }
}

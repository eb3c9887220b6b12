package io.sessiontracker.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Lets no test see what another one left. After a test and not before, so that what a context starts with is there. */
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

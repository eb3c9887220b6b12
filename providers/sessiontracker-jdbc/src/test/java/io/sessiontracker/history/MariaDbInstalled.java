package io.sessiontracker.history;

import io.sessiontracker.jdbc.TestDatabase;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips a property where there is no MariaDB to test with. */
final class MariaDbInstalled implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return TestDatabase.MARIADB.isInstalled()
                ? SkipResult.doNotSkip()
                : SkipResult.skip("mariadbd is not installed, and -Dsessiontracker.test.mariadb names none");
    }
}

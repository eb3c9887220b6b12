package io.sessiontracker.test;

import java.util.Set;

import io.sessiontracker.json.SessionUpcaster;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Excludes the components that a {@link SessionTrackerTest} does not include. */
final class SessionTrackerTypeExcludeFilter
        extends StandardAnnotationCustomizableTypeExcludeFilter<SessionTrackerTest> {

    SessionTrackerTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

    /** Sessions are read in a test as the application reads them. */
    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return Set.of(SessionUpcaster.class);
    }
}

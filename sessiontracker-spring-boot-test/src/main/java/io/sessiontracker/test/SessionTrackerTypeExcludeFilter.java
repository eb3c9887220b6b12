package io.sessiontracker.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out the components that a {@link SessionTrackerTest} does not ask for. */
final class SessionTrackerTypeExcludeFilter
        extends StandardAnnotationCustomizableTypeExcludeFilter<SessionTrackerTest> {

    SessionTrackerTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}

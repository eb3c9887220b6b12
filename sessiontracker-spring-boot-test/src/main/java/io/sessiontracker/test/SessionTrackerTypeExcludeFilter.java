package io.sessiontracker.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Excludes the components that a {@link SessionTrackerTest} does not include. */
final class SessionTrackerTypeExcludeFilter
        extends StandardAnnotationCustomizableTypeExcludeFilter<SessionTrackerTest> {

    SessionTrackerTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}

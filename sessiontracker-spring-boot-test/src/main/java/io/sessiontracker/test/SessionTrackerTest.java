package io.sessiontracker.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * For a test of what an application does with sessions, and of nothing else: the trackers and
 * {@link io.sessiontracker.WithSession} as {@link AutoConfigureTestSessionTracker} says, no other auto-configuration, and none
 * of the application's components. The test names with {@link org.springframework.context.annotation.Import @Import} those that
 * it is about. The settings are the application's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SessionTrackerTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SessionTrackerTypeExcludeFilter.class)
@AutoConfigureTestSessionTracker
@ImportAutoConfiguration
public @interface SessionTrackerTest {

    /** Properties in the form {@code key=value} that are added to the {@link Environment} before the test runs. */
    String[] properties() default {};

    /** Whether the application's components are left out; if not, only {@link #excludeFilters} leaves any out. */
    boolean useDefaultFilters() default true;

    /** Which of the application's components are there all the same. */
    Filter[] includeFilters() default {};

    /** Which of them are not. */
    Filter[] excludeFilters() default {};

    /** Auto-configuration that this test is to do without. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}

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
 * A test slice for code that uses sessions. It configures the trackers and {@link io.sessiontracker.WithSession} as {@link
 * AutoConfigureTestSessionTracker} does, with the application's settings, and no other auto-configuration. It contains none of
 * the application's components except those that the test names in
 * {@link org.springframework.context.annotation.Import @Import}.
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

    /** Properties, {@code key=value}, to add to the {@link Environment} before the test runs. */
    String[] properties() default {};

    /** Whether the application's components are excluded; if not, only {@link #excludeFilters} excludes any. */
    boolean useDefaultFilters() default true;

    /** Components of the application to include. */
    Filter[] includeFilters() default {};

    /** Components of the application to exclude. */
    Filter[] excludeFilters() default {};

    /** Auto-configurations to exclude. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}

package io.sessiontracker.autoconfigure.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/** Matches if that lock provider is configured, or is the default for the configured store. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnLockProviderCondition.class)
public @interface ConditionalOnLockProvider {

    /** Returns the provider's name in the settings. */
    String value();
}

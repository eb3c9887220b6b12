package io.sessiontracker.autoconfigure.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/** Matches if sessions or locks are to be in that store. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnUseOfCondition.class)
public @interface ConditionalOnUseOf {

    /** Returns the store's name in the settings, which is that of its lock provider, too. */
    String value();
}

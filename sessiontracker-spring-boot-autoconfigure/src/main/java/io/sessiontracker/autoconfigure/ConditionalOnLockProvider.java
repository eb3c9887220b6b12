package io.sessiontracker.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/** Matches if locks are to come from that provider, because the settings say so or because it suits the store. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnLockProviderCondition.class)
@interface ConditionalOnLockProvider {

    /** The provider's name in the settings. */
    String value();
}

package io.sessiontracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a session type. The name is part of what is stored and of the settings' names, so giving one keeps both when
 * the class is renamed.
 *
 * <p>Without it the name is the simple class name in kebab case: {@code CheckoutSession} is {@code checkout-session},
 * {@code URLSession} is {@code url-session}. The annotation is not inherited: a subclass is a type of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SessionType {

    /**
     * The name: a lower-case ASCII letter or digit, then up to 63 of lower-case ASCII letters, digits and {@code -}.
     * Two classes with one name are refused.
     */
    String value();
}

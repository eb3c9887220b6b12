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

    /**
     * The version of the class's stored state, 1 or more. A release that changes what is stored in a way that Jackson does not read by
     * itself raises it, and adds an upcaster from the version before ({@code io.sessiontracker.json.SessionUpcaster}). A release that
     * knows only a lower version reads such sessions where it can, and does not write them.
     */
    int version() default 1;
}

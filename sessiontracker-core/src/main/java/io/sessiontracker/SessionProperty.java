package io.sessiontracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps a field of a session class as one of the session's {@linkplain Session#getProperties() properties}, too, so that queries
 * find it:
 *
 * <pre>{@code
 * @SessionProperty
 * private String tenant; // tracker.query(CartSession.class).where("tenant is 'acme'")
 * }</pre>
 *
 * <p>Each write that stores the session sets the property to the field's value, or removes it if that is null: changes are made to the
 * field. A session that was stored before the field was there, and has the property, is read with the field set from it.
 *
 * <p>A class with such a field has these properties and the type's {@code indexed-properties}, and no others: another one that is put
 * into {@link Session#getProperties()} is refused by the call that would store it, and a filter that names another one is a {@link
 * io.sessiontracker.filter.SessionFilterSyntaxException}. Properties that a session was stored with before are kept.
 *
 * <p>The field is a string, a number, a boolean, a character, an enum, a UUID, a URI, or a date, time or duration of {@code java.time};
 * its value's text is what {@link Object#toString} gives, of an enum the constant's name. It is part of the state: neither static nor
 * transient, nor ignored by Jackson. A class that breaks a rule is refused with an {@link IllegalStateException} when it is first used.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface SessionProperty {

    /** The property's key, as {@link Session#getProperties} allows it; empty for the field's name. */
    String value() default "";
}

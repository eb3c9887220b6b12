package io.sessiontracker.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * A combination of store, topology, API and lock service that a build leaves out, as others have each of its parts. Maven's profile
 * {@code combinations} runs them all.
 */
@Tag("combination")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FurtherCombination {}

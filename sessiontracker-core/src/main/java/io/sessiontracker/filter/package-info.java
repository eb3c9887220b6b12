/**
 * The filter language: its texts, its builder, and what a filter says of a set of properties. It knows nothing of
 * sessions: a property is a name and a text, wherever they come from.
 *
 * <p>A text goes through {@code Lexer} and {@code Parser} to a tree of {@code Node}s, which evaluate and print themselves.
 *
 * <p>May use nothing but the JDK and annotations; is used by {@code io.sessiontracker}.
 */
@NullMarked
package io.sessiontracker.filter;

import org.jspecify.annotations.NullMarked;

/**
 * How the Redis providers talk to the server; internal, and public in Java only because three packages use it. A call is a value:
 * {@code ScriptCall}, a script with its keys, arguments and decoder. A {@code ScriptRunner} executes it: over Lettuce without waiting
 * ({@code LettuceRunner}), confirmed by replicas ({@code ReplicatedWrites}), or over any other driver by a template
 * ({@code TemplateRunner}). What is stored under which key is here too: {@code KeyLayout}, {@code StoredFormat}.
 *
 * <p>Knows neither queries nor locks. May use {@code io.sessiontracker}, {@code io.sessiontracker.spi}, Spring Data Redis and Lettuce.
 */
@NullMarked
package io.sessiontracker.redis.client;

import org.jspecify.annotations.NullMarked;

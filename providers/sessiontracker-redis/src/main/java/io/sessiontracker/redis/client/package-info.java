/**
 * How a script call is run; internal, and public in Java only because {@code redis} and {@code redis.lock} use it. A {@code ScriptRunner}
 * runs it: over Lettuce without waiting ({@code LettuceRunner}), confirmed by replicas ({@code ReplicatedWrites}), or over any other
 * driver by a template ({@code TemplateRunner}). Connections are made, watched and renewed here, and calls re-sent;
 * a {@code MessageSubscription} receives what is published.
 *
 * <p>Knows no script by name. May use {@code io.sessiontracker.redis.script}, {@code io.sessiontracker}, {@code io.sessiontracker.spi},
 * Spring Data Redis and Lettuce.
 */
@NullMarked
package io.sessiontracker.redis.client;

import org.jspecify.annotations.NullMarked;

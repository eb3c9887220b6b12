/**
 * What the Redis providers ask of the server, and what is stored there; internal, and public in Java only because several packages use
 * it. A {@code ScriptCall} is a value: a script with its keys, arguments and decoder. {@code SessionScripts}, {@code IndexScripts},
 * {@code ExpirationScripts} and {@code LockScripts} make them, one method for each script of the resources' folder of that name.
 * {@code KeyLayout} has the keys, {@code StoredFormat} the bytes of a session, {@code ScriptReplies} the codes of a reply.
 *
 * <p>Knows neither how a call is run nor any driver. May use {@code io.sessiontracker}, {@code io.sessiontracker.spi} and the class of
 * Spring Data Redis for a script.
 */
@NullMarked
package io.sessiontracker.redis.script;

import org.jspecify.annotations.NullMarked;

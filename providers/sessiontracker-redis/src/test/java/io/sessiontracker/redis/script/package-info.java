/** Script calls and stored formats: which keys a script touches, and what a stored value looks like. */
@NullMarked
package io.sessiontracker.redis.script;

import org.jspecify.annotations.NullMarked;

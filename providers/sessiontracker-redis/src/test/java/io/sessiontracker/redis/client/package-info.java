/** Script calls, connections and stored formats: what a server is sent, when it is sent again, and what a stored value looks like. */
@NullMarked
package io.sessiontracker.redis.client;

import org.jspecify.annotations.NullMarked;

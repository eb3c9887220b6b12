/** Connections and runners: how a call reaches a server, and when it is sent again. */
@NullMarked
package io.sessiontracker.redis.client;

import org.jspecify.annotations.NullMarked;

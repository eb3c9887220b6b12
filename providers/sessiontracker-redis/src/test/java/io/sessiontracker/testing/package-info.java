/**
 * Real Redis servers for tests: shared ones per topology, and private ones that a test may stop or freeze. By default they
 * run the binary that {@code embedded-redis} carries; {@code -Dsessiontracker.test.redis=docker} runs them in containers,
 * {@code -Dsessiontracker.test.redis=/path/to/redis-server} runs that binary. They listen on 127.0.0.1, and end with this
 * JVM, however it ends.
 */
@NullMarked
package io.sessiontracker.testing;

import org.jspecify.annotations.NullMarked;

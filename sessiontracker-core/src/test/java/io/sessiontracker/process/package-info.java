/** Processes that tests start: servers, and JVMs that execute commands. They end with the test's JVM, even if that is killed. */
@NullMarked
package io.sessiontracker.process;

import org.jspecify.annotations.NullMarked;

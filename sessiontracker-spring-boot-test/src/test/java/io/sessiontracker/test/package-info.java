@NullMarked
package io.sessiontracker.test;

import org.jspecify.annotations.NullMarked;

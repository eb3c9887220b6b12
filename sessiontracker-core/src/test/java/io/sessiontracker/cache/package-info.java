@NullMarked
package io.sessiontracker.cache;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.sessiontracker.autoconfigure.security;

import org.jspecify.annotations.NullMarked;

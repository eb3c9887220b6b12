@NullMarked
package io.sessiontracker.autoconfigure.encryption;

import org.jspecify.annotations.NullMarked;

/** Session classes and their hints for native images. */
@NullMarked
package io.sessiontracker.autoconfigure.types;

import org.jspecify.annotations.NullMarked;

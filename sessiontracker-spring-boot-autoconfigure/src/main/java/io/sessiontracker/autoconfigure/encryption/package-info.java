/** Encryption at rest, if the settings or the application's beans have keys for it. */
@NullMarked
package io.sessiontracker.autoconfigure.encryption;

import org.jspecify.annotations.NullMarked;

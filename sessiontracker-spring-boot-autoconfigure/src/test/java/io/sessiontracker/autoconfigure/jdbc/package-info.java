/** Tests of the JDBC store's configuration. */
@NullMarked
package io.sessiontracker.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;

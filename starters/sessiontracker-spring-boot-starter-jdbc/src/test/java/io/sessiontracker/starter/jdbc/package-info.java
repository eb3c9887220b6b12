/** Tests of the JDBC starter. */
@NullMarked
package io.sessiontracker.starter.jdbc;

import org.jspecify.annotations.NullMarked;

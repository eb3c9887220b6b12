/**
 * Sessions in a relational database, through Spring JDBC. {@code JdbcKeyStateStore} keeps the state of a key in one row, which every
 * change replaces by compare-and-set before it touches another table; {@code SqlDialect} is all that differs between databases.
 * The tables are created by the scripts among the resources of this package.
 *
 * <p>May use {@code io.sessiontracker}, {@code io.sessiontracker.spi} and Spring JDBC.
 */
@NullMarked
package io.sessiontracker.jdbc;

import org.jspecify.annotations.NullMarked;

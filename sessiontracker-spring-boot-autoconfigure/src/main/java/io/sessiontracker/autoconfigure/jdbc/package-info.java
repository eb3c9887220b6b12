/** Sessions and locks in a relational database, over the application's data source. */
@NullMarked
package io.sessiontracker.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;

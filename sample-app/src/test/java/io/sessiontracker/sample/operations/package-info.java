/** For operators of the shop. */
@NullMarked
package io.sessiontracker.sample.operations;

import org.jspecify.annotations.NullMarked;

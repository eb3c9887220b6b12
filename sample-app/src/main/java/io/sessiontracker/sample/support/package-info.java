/** A customer's chat with the shop's agents. */
@NullMarked
package io.sessiontracker.sample.support;

import org.jspecify.annotations.NullMarked;

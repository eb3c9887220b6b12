/** Checkouts, from the cart to the order, on any instance of the shop. */
@NullMarked
package io.sessiontracker.sample.checkout;

import org.jspecify.annotations.NullMarked;

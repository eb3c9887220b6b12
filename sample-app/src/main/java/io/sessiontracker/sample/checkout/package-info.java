/** A customer's way from the cart to the order, over any instances of the shop. */
@NullMarked
package io.sessiontracker.sample.checkout;

import org.jspecify.annotations.NullMarked;

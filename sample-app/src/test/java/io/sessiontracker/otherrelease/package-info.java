/** Another release of the shop, for tests of two releases side by side. */
@NullMarked
package io.sessiontracker.otherrelease;

import org.jspecify.annotations.NullMarked;

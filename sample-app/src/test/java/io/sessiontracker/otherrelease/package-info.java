/** Another release of the shop, for what happens when two run side by side. */
@NullMarked
package io.sessiontracker.otherrelease;

import org.jspecify.annotations.NullMarked;

/** The shop's page in a browser, at two instances; compiled and run with the profile {@code browser} only. */
@NullMarked
package io.sessiontracker.sample.browser;

import org.jspecify.annotations.NullMarked;

/** Shared by all handlers: ids in paths and problem details. */
@NullMarked
package io.sessiontracker.sample.web;

import org.jspecify.annotations.NullMarked;

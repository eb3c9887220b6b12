/** What every handler shares: ids in paths, entity tags, and problem details for what goes wrong. */
@NullMarked
package io.sessiontracker.sample.web;

import org.jspecify.annotations.NullMarked;

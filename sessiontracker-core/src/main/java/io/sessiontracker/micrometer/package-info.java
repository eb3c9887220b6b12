/**
 * Observations and meters of a tracker, for Micrometer: each operation with its type and outcome, waiting for locks and holding
 * them, how many sessions run, expiries and conflicts. May use the SPI; only this package uses Micrometer.
 */
@NullMarked
package io.sessiontracker.micrometer;

import org.jspecify.annotations.NullMarked;

package io.sessiontracker.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The result of a sweep.
 *
 * @param expired how many expired sessions were delivered
 */
public record SweepResult(int expired) implements OperationResponseBody {}

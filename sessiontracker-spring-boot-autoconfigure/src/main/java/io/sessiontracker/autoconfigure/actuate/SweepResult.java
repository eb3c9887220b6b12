package io.sessiontracker.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a sweep did.
 *
 * @param expired how many sessions were told as expired
 */
public record SweepResult(int expired) implements OperationResponseBody {}

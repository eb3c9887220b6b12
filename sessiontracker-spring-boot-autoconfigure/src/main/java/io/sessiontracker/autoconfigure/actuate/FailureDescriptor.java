package io.sessiontracker.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The reason why nothing was done.
 *
 * @param error one sentence, with the session's type and key
 */
public record FailureDescriptor(String error) implements OperationResponseBody {}

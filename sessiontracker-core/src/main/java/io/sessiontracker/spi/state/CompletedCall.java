package io.sessiontracker.spi.state;

import java.util.List;

import io.sessiontracker.spi.OperationToken;

/**
 * The record of a finish, a resume or a delete, by which the same call is recognised when it arrives again.
 *
 * @param token the call's token
 * @param id the session that it was about
 * @param removed the headers of the sessions that it deleted or replaced, without their data
 * @param until when the record is dropped
 */
public record CompletedCall(OperationToken token, String id, List<SessionEntry> removed, long until) {

    /** Copies the list. */
    public CompletedCall {
        removed = List.copyOf(removed);
    }
}

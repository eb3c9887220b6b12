package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.spi.OperationToken;

/**
 * An attempt to start an instance.
 *
 * @param ids the ids under which it may run by this attempt or an earlier one, the newest first
 */
record StartAttempt(List<String> ids, OperationToken token) {

    private static final int MAX_IDS = 8;

    static StartAttempt first(Session session) {
        return of(OperationToken.random(), session.getId().isEmpty() ? List.of() : List.of(session.getId()));
    }

    StartAttempt next() {
        return of(token.next(), ids);
    }

    private static StartAttempt of(OperationToken token, List<String> earlier) {
        List<String> ids = new ArrayList<>();
        ids.add(token.newSessionId());
        ids.addAll(earlier.subList(0, Math.min(earlier.size(), MAX_IDS - 1)));
        return new StartAttempt(List.copyOf(ids), token);
    }
}

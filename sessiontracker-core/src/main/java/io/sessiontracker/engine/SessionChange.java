package io.sessiontracker.engine;

import java.util.function.Consumer;

import io.sessiontracker.Session;

/** What a caller of {@code modify} does to a session. */
@FunctionalInterface
interface SessionChange<S extends Session> {

    /** Changes the session. Returns false, and has changed nothing, if the operation was applied to it before. */
    boolean applyTo(S session);

    static <S extends Session> SessionChange<S> of(Consumer<? super S> change) {
        return session -> {
            change.accept(session);
            return true;
        };
    }

    /** Returns this change as an operation with that id, which the session then remembers. */
    default SessionChange<S> once(String operationId) {
        String hash = AppliedOperations.hash(operationId);
        return session -> {
            AppliedOperations applied = AppliedOperations.of(session);
            if (applied.contains(hash) || !applyTo(session)) {
                return false;
            }
            applied.with(hash).storeWith(session);
            return true;
        };
    }
}

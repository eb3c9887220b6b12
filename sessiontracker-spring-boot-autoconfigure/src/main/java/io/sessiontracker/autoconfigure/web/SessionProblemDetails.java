package io.sessiontracker.autoconfigure.web;

import java.net.URI;
import java.util.Locale;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionError.AlreadyFinished;
import io.sessiontracker.SessionError.AlreadyResumed;
import io.sessiontracker.SessionError.InProgress;
import io.sessiontracker.SessionError.LockNotAcquired;
import io.sessiontracker.SessionError.NotFound;
import io.sessiontracker.SessionError.VersionConflict;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Creates problem details (<a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>) for session errors. They contain the
 * session's type, key and version, and nothing of its state.
 */
public final class SessionProblemDetails {

    private final String typePrefix;

    /** Creates problems whose type is the prefix followed by the problem's name. */
    public SessionProblemDetails(String typePrefix) {
        this.typePrefix = typePrefix;
    }

    /**
     * Returns the problem of an error.
     *
     * @param conditional whether the request named a version ({@code If-Match}): a conflict is then a failed precondition
     */
    public ProblemDetail of(SessionError error, boolean conditional) {
        ProblemDetail problem = problem(error, conditional);
        problem.setProperty("sessionType", error.type());
        problem.setProperty("key", error.key());
        return problem;
    }

    /** Returns the problem of a store that failed. It says nothing of the cause, which may name servers. */
    public ProblemDetail storeUnavailable() {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE, "store-unavailable", "The session store does not answer; try again");
    }

    /** Returns the problem of a refused call. */
    public ProblemDetail accessDenied(SessionAccess access) {
        ProblemDetail problem = problem(
                HttpStatus.FORBIDDEN,
                "session-access-denied",
                "Access denied: " + access.operation().name().toLowerCase(Locale.ROOT));
        problem.setProperty("sessionType", access.type());
        problem.setProperty("key", access.key());
        return problem;
    }

    // With Java 21 this is a switch, and the compiler knows that it is complete.
    private ProblemDetail problem(SessionError error, boolean conditional) {
        if (error instanceof NotFound) {
            return problem(HttpStatus.NOT_FOUND, "session-not-found", error.message());
        }
        if (error instanceof AlreadyFinished) {
            return problem(HttpStatus.GONE, "session-finished", error.message());
        }
        if (error instanceof AlreadyResumed) {
            return problem(HttpStatus.CONFLICT, "session-running", error.message());
        }
        if (error instanceof InProgress inProgress) {
            return inProgress(inProgress);
        }
        if (error instanceof VersionConflict conflict) {
            return versionConflict(conflict, conditional);
        }
        if (error instanceof LockNotAcquired lock) {
            return lockNotAcquired(lock);
        }
        throw new IllegalStateException("No problem detail is defined for " + error);
    }

    private ProblemDetail inProgress(InProgress error) {
        ProblemDetail problem = problem(HttpStatus.CONFLICT, "session-in-progress", error.message());
        problem.setProperty("version", error.existing().getVersion());
        problem.setProperty("startedAt", error.existing().getStartedAt());
        return problem;
    }

    private ProblemDetail versionConflict(VersionConflict error, boolean conditional) {
        HttpStatus status = conditional ? HttpStatus.PRECONDITION_FAILED : HttpStatus.CONFLICT;
        ProblemDetail problem = problem(status, "version-conflict", error.message());
        problem.setProperty("expected", error.expected());
        problem.setProperty("actual", error.actual());
        return problem;
    }

    private ProblemDetail lockNotAcquired(LockNotAcquired error) {
        HttpStatus status = error.status() == LockStatus.NO_QUORUM ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.LOCKED;
        ProblemDetail problem = problem(status, "session-locked", error.message());
        problem.setProperty("lockStatus", error.status());
        return problem;
    }

    private ProblemDetail problem(HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(typePrefix + name));
        return problem;
    }
}

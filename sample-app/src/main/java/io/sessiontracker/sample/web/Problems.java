package io.sessiontracker.sample.web;

import java.net.URI;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionError.AlreadyFinished;
import io.sessiontracker.SessionError.AlreadyResumed;
import io.sessiontracker.SessionError.InProgress;
import io.sessiontracker.SessionError.LockNotAcquired;
import io.sessiontracker.SessionError.NotFound;
import io.sessiontracker.SessionError.VersionConflict;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Problem details (RFC 9457) by the shop's names. */
public final class Problems {

    private Problems() {}

    /** A problem whose {@code type} is {@code urn:shop:problem:} and the given name: what a client decides by. */
    public static ProblemDetail of(HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(name));
        return problem;
    }

    static URI type(String name) {
        return URI.create("urn:shop:problem:" + name);
    }

    /** The problem for what a session operation answered. There is one for each kind of {@link SessionError}. */
    static ProblemDetail of(SessionError error) {
        ProblemDetail problem = problem(error);
        problem.setProperty("sessionType", error.type());
        problem.setProperty("key", error.key());
        return problem;
    }

    // With Java 21 this is a switch, and the compiler knows that it is complete.
    private static ProblemDetail problem(SessionError error) {
        if (error instanceof NotFound) {
            return of(HttpStatus.NOT_FOUND, "session-not-found", error.message());
        }
        if (error instanceof AlreadyFinished) {
            return of(HttpStatus.GONE, "session-finished", error.message());
        }
        if (error instanceof AlreadyResumed) {
            return of(HttpStatus.CONFLICT, "session-running", error.message());
        }
        if (error instanceof InProgress inProgress) {
            return inProgress(inProgress);
        }
        if (error instanceof VersionConflict conflict) {
            return versionConflict(conflict);
        }
        if (error instanceof LockNotAcquired lock) {
            return lockNotAcquired(lock);
        }
        throw new IllegalStateException("No problem is defined for " + error);
    }

    private static ProblemDetail inProgress(InProgress error) {
        ProblemDetail problem = of(HttpStatus.CONFLICT, "session-in-progress", error.message());
        problem.setProperty("version", error.existing().getVersion());
        problem.setProperty("startedAt", error.existing().getStartedAt());
        return problem;
    }

    private static ProblemDetail versionConflict(VersionConflict error) {
        ProblemDetail problem = of(HttpStatus.CONFLICT, "version-conflict", error.message());
        problem.setProperty("expected", error.expected());
        problem.setProperty("actual", error.actual());
        return problem;
    }

    private static ProblemDetail lockNotAcquired(LockNotAcquired error) {
        HttpStatus status = error.status() == LockStatus.NO_QUORUM ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.LOCKED;
        ProblemDetail problem = of(status, "session-locked", error.message());
        problem.setProperty("lockStatus", error.status());
        return problem;
    }
}

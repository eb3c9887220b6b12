package io.sessiontracker.autoconfigure.web;

import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns session errors into problem details. Ordered as Spring Boot's own advice is: before an application's advice without an
 * order, and after a controller's own handlers.
 */
abstract class SessionProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(SessionProblemAdvice.class);

    private final SessionProblemDetails problems;

    SessionProblemAdvice(SessionProblemDetails problems) {
        this.problems = problems;
    }

    ProblemDetail problem(SessionErrorException e, boolean conditional) {
        return problems.of(e.error(), conditional);
    }

    /** Whether a change was made is unknown: what the client repeats must be safe to repeat. */
    @ExceptionHandler
    ProblemDetail onStoreFailure(SessionStoreException e) {
        log.warn("The session store failed; the request is answered with status 503", e);
        return problems.storeUnavailable();
    }

    /** If Spring Security refused the call, it answers as well: maybe with a login. */
    @ExceptionHandler
    ProblemDetail onRefusal(SessionAccessDeniedException e) {
        if (e.getCause() != null) {
            throw e;
        }
        return problems.accessDenied(e.access());
    }

    /** For Spring MVC. */
    @Order(0)
    @RestControllerAdvice
    static final class Servlet extends SessionProblemAdvice {

        Servlet(SessionProblemDetails problems) {
            super(problems);
        }

        @ExceptionHandler
        ProblemDetail onSessionError(SessionErrorException e, WebRequest request) {
            return problem(e, request.getHeader(HttpHeaders.IF_MATCH) != null);
        }
    }

    /** For WebFlux. */
    @Order(0)
    @RestControllerAdvice
    static final class Reactive extends SessionProblemAdvice {

        Reactive(SessionProblemDetails problems) {
            super(problems);
        }

        @ExceptionHandler
        ProblemDetail onSessionError(SessionErrorException e, ServerWebExchange exchange) {
            return problem(e, exchange.getRequest().getHeaders().getFirst(HttpHeaders.IF_MATCH) != null);
        }
    }
}

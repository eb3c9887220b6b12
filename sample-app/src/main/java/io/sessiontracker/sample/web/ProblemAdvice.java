package io.sessiontracker.sample.web;

import java.util.Map;
import java.util.TreeMap;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionTooLargeException;
import io.sessiontracker.filter.SessionFilterSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns the shop's own failures into {@code application/problem+json}. The base class does so for Spring's, the starter for
 * expected session errors and an unavailable store ({@code session-tracker.web.problem-details}).
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** Handles a session of another release that this one cannot read. It stays stored. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> onUnreadable(SessionCodecException e) {
        log.error("A session cannot be read or written", e);
        ProblemDetail problem =
                Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "session-unreadable", "The session cannot be read");
        problem.setProperty("sessionType", e.type());
        problem.setProperty("key", e.key());
        return ResponseEntity.of(problem).build();
    }

    /** Refuses what would make a session larger than its type may be. It stays as it was. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> onTooLarge(SessionTooLargeException e) {
        ProblemDetail problem =
                Problems.of(HttpStatus.CONTENT_TOO_LARGE, "session-too-large", "There is no room for more");
        problem.setProperty("limit", e.limit());
        return ResponseEntity.of(problem).build();
    }

    /** Adds the position of the error in the filter. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> onFilterSyntax(SessionFilterSyntaxException e) {
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, "invalid-filter", String.valueOf(e.getMessage()));
        problem.setProperty("position", e.position());
        return ResponseEntity.of(problem).build();
    }

    /** Adds the invalid parts of the request and the reasons to Spring's problem. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Map<String, @Nullable String> errors = new TreeMap<>();
        for (var result : e.getParameterValidationResults()) {
            if (result instanceof ParameterErrors body) {
                body.getFieldErrors().forEach(error -> errors.put(error.getField(), error.getDefaultMessage()));
            } else {
                String name = result.getMethodParameter().getParameterName();
                result.getResolvableErrors().forEach(error -> errors.put(name, error.getDefaultMessage()));
            }
        }
        e.getBody().setType(Problems.type("invalid-request"));
        e.getBody().setProperty("errors", errors);
        return super.handleHandlerMethodValidationException(e, headers, status, request);
    }
}

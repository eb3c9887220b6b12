package io.sessiontracker.sample.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Thrown for a cursor that no page of the search returned. */
public final class InvalidCursor extends ErrorResponseException {

    /** Creates a problem detail. */
    public InvalidCursor() {
        super(
                HttpStatus.BAD_REQUEST,
                Problems.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-cursor",
                        "The cursor is not one that a page of this search gave as next"),
                null);
    }
}

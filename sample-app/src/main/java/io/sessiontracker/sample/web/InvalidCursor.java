package io.sessiontracker.sample.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A search was to go on from where no page of it ended. */
public final class InvalidCursor extends ErrorResponseException {

    /** As a problem detail. */
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

package io.sessiontracker.sample.web;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Creates problem details (RFC 9457) under the shop's names. */
public final class Problems {

    private Problems() {}

    /** Returns a problem whose {@code type}, by which clients distinguish it, is {@code urn:shop:problem:} and the name. */
    public static ProblemDetail of(HttpStatus status, String name, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(name));
        return problem;
    }

    static URI type(String name) {
        return URI.create("urn:shop:problem:" + name);
    }
}

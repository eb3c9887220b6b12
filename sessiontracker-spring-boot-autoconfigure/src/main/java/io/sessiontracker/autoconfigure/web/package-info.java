/** Session errors as HTTP responses: problem details for Spring MVC and WebFlux, for applications that ask for them. */
@NullMarked
package io.sessiontracker.autoconfigure.web;

import org.jspecify.annotations.NullMarked;

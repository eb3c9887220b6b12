package io.sessiontracker.sample.support;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What one side says. */
record Message(
        @NotBlank @Size(max = 50) String author,
        @NotBlank @Size(max = 2_000) String text) {}

package io.sessiontracker.sample.support;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A message of the customer or an agent. */
record Message(
        @NotBlank @Size(max = 50) String author,
        @NotBlank @Size(max = 2_000) String text) {}

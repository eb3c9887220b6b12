package io.sessiontracker.sample.checkout;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A delivery address. */
record Address(
        @NotBlank @Size(max = 200) String street,
        @NotBlank @Size(max = 100) String city,

        @NotNull @Pattern(regexp = "[A-Z]{2}", message = "must be a country code such as DE")
        String country) {}

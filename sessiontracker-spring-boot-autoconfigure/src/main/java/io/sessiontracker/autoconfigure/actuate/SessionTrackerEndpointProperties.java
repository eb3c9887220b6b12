package io.sessiontracker.autoconfigure.actuate;

import java.util.List;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the endpoint shows.
 *
 * @param showPayload When to show the state of a session.
 * @param roles Roles of which a user needs one to see the state of a session. When empty, all authenticated users are
 *     authorized.
 * @param redact Names of properties whose values are never shown, in the payload at any depth and among the session's own
 *     properties. Matches any name that contains one of these, ignoring case, '-' and '_'.
 */
@ConfigurationProperties("management.endpoint.sessiontracker")
public record SessionTrackerEndpointProperties(
        @DefaultValue("never") Show showPayload,
        @DefaultValue Set<String> roles,

        @DefaultValue({
            "password",
            "passphrase",
            "secret",
            "token",
            "credential",
            "authorization",
            "api-key",
            "private-key",
            "card",
            "cvv",
            "cvc",
            "iban"
        })
        List<String> redact) {}

package io.sessiontracker.autoconfigure.actuate;

import java.util.List;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint shows of a session.
 *
 * @param showPayload When to show what the application keeps in a session, beside what describes it.
 * @param roles Roles of which a user needs one to be authorized to see what a session holds. When empty, all authenticated
 *     users are authorized.
 * @param redact Names of properties whose values are never shown, in the payload at any depth and among the session's own
 *     properties. A name counts that contains one of these, in any case and whatever '-' or '_' is in it.
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

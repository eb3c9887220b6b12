package io.sessiontracker.sample.checkout;

import io.sessiontracker.SessionError.VersionConflict;
import io.sessiontracker.SessionErrorException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** A checkout's version as an HTTP entity tag, with the id, as a new start under the key has version 1 again. */
final class EntityTags {

    private EntityTags() {}

    static String of(CheckoutSession checkout) {
        return "\"" + checkout.getVersion() + "-" + checkout.getId() + "\"";
    }

    /** Requires that {@code If-Match}, if present, names the current checkout. */
    static void requireMatch(CheckoutSession checkout, @Nullable String ifMatch) {
        if (ifMatch != null && !names(ifMatch, of(checkout))) {
            throw new SessionErrorException(new VersionConflict(
                    CheckoutSession.TYPE, checkout.getKey(), versionIn(ifMatch), checkout.getVersion()));
        }
    }

    private static boolean names(String ifMatch, String current) {
        return ETag.parse(ifMatch).stream()
                .anyMatch(tag -> tag.isWildcard() || tag.formattedTag().equals(current));
    }

    /** Returns the version for the problem detail; 0 if there is none. */
    private static long versionIn(String ifMatch) {
        String version = ifMatch.replaceFirst("^\"(\\d{1,18})[-\"].*", "$1");
        return version.equals(ifMatch) ? 0 : Long.parseLong(version);
    }
}

package io.sessiontracker.sample.checkout;

import io.sessiontracker.SessionError.VersionConflict;
import io.sessiontracker.SessionErrorException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** A checkout's version as an HTTP entity tag. Its id is part of it: a new start under the key is at version 1 again. */
final class EntityTags {

    private EntityTags() {}

    static String of(CheckoutSession checkout) {
        return "\"" + checkout.getVersion() + "-" + checkout.getId() + "\"";
    }

    /** Lets a request pass whose {@code If-Match} names the checkout as it is, and one that has none. */
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

    /** For the problem detail only; 0 if the tag does not begin with a version. */
    private static long versionIn(String ifMatch) {
        String version = ifMatch.replaceFirst("^\"(\\d{1,18})[-\"].*", "$1");
        return version.equals(ifMatch) ? 0 : Long.parseLong(version);
    }
}

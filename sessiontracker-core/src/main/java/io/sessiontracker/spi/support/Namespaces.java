package io.sessiontracker.spi.support;

import java.util.Objects;
import java.util.regex.Pattern;

/** The rule for namespaces, the same for each store and lock service. */
public final class Namespaces {

    /** The rule in words, for messages. */
    public static final String RULE = "1 to 64 ASCII letters, digits, '.', '_', '-' and ':'";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private Namespaces() {}

    /** Returns whether the text can be a namespace. */
    public static boolean isValid(String namespace) {
        return VALID.matcher(namespace).matches();
    }

    /**
     * Returns the namespace.
     *
     * @throws IllegalArgumentException if it breaks the rule
     */
    public static String require(String namespace) {
        if (!isValid(Objects.requireNonNull(namespace, "namespace"))) {
            throw new IllegalArgumentException("A namespace must be " + RULE + "; it is \"" + namespace + "\"");
        }
        return namespace;
    }
}

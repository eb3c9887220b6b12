package io.sessiontracker.spi;

import java.util.Map;
import java.util.Set;

/**
 * Keeps the values of properties secret from whoever reads the store, and finds sessions by them all the same: a property is stored as a
 * keyed hash of its value, which equal values of a type share, with its encrypted value beside it. What the hash cannot answer, an order
 * or a prefix, no query may ask.
 */
public interface BlindIndex {

    /** Begins the names of the properties that have an encrypted value; the name of its property follows. */
    String ENCRYPTED = "$encrypted.";

    /**
     * Returns what is to be stored of properties.
     *
     * @param names of those whose values are to be hidden, also such as are not there
     * @throws io.sessiontracker.SessionCodecException if there is no key
     */
    Map<String, String> hide(SessionAddress address, Map<String, String> properties, Set<String> names);

    /**
     * Returns the properties that {@link #hide} was given.
     *
     * @param names of those whose values must have been hidden; others may
     * @throws io.sessiontracker.SessionCodecException if a value is not hidden, cannot be decrypted, or is not the one that is found
     */
    Map<String, String> reveal(SessionAddress address, Map<String, String> stored, Set<String> names);

    /** Returns what may be stored as that value of a property: by any of the keys, and as it is if that is accepted. */
    Set<String> storedValues(String type, String property, String value);
}

package io.sessiontracker.spi;

/**
 * Which stored state is meant: of all starts under a key this one, at this version.
 *
 * @param id the start's id
 * @param version 1 when started, one more with each update
 */
public record SessionVersion(String id, long version) {

    /** What an update of this one stores. */
    public SessionVersion next() {
        return new SessionVersion(id, version + 1);
    }
}

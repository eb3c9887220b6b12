package io.sessiontracker.jdbc;

/** A database server on a free port of 127.0.0.1. It ends with this JVM. */
interface DatabaseServer extends AutoCloseable {

    String url();

    String user();

    /** Kills its processes, as the system does that runs out of memory. */
    void kill();

    /** Starts it again after {@link #kill}, with its data and on the same port. */
    void restart();

    /** Ends it and removes its data. */
    @Override
    void close();
}

package io.sessiontracker.testing;

/** One running {@code redis-server}, wherever it runs. */
interface RedisProcess {

    /** Ends it at once, as a power cut would. */
    void kill();

    /** Lets it do nothing until {@link #thaw}, while its connections stay open. */
    void freeze();

    /** Lets it go on. */
    void thaw();

    /** Starts one that listens on the configured port, and waits until it does. */
    static RedisProcess start(String config, boolean sentinel) {
        String ready = sentinel ? "Sentinel ID is" : "Ready to accept connections";
        return "docker".equals(LocalRedisProcess.SELECTED)
                ? ContainerRedisProcess.start(config, sentinel, ready)
                : LocalRedisProcess.start(config, sentinel, ready);
    }
}

package io.sessiontracker.redis.client;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Sessions in Redis, as far as the locks on them have to know: where they are stored. */
public interface RedisSessionStore {

    /** Returns whether the sessions of that namespace behind those connections are stored here. */
    boolean stores(RedisConnectionFactory connections, String namespace);
}

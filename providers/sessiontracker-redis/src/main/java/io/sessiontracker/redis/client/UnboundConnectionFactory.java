package io.sessiontracker.redis.client;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;

/**
 * Provides a factory's connections, but never one that is bound to the thread: Spring finds those by their factory. In
 * a transaction or a pipeline of the application a script would not be run, or be run later, and its reply be lost.
 */
final class UnboundConnectionFactory implements RedisConnectionFactory {

    private final RedisConnectionFactory connectionFactory;

    UnboundConnectionFactory(RedisConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    @Override
    public RedisConnection getConnection() {
        return connectionFactory.getConnection();
    }

    @Override
    public RedisClusterConnection getClusterConnection() {
        return connectionFactory.getClusterConnection();
    }

    @Override
    public RedisSentinelConnection getSentinelConnection() {
        return connectionFactory.getSentinelConnection();
    }

    @Override
    public boolean getConvertPipelineAndTxResults() {
        return connectionFactory.getConvertPipelineAndTxResults();
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException e) {
        return connectionFactory.translateExceptionIfPossible(e);
    }
}

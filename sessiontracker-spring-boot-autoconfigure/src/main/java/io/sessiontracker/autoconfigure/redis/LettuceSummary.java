package io.sessiontracker.autoconfigure.redis;

import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Describes, for the start-up line, how a connection factory notices a fail-over. */
final class LettuceSummary {

    private LettuceSummary() {}

    /** Returns the description, empty for another driver. */
    static String of(RedisConnectionFactory factory, int minReplicas) {
        return factory instanceof LettuceConnectionFactory lettuce ? of(lettuce, minReplicas) : "";
    }

    private static String of(LettuceConnectionFactory connections, int minReplicas) {
        ClientOptions options =
                connections.getClientConfiguration().getClientOptions().orElseGet(ClientOptions::create);
        List<String> parts = new ArrayList<>();
        if (options instanceof ClusterClientOptions cluster) {
            parts.add(refresh(cluster.getTopologyRefreshOptions()));
        }
        if (connections.getShareNativeConnection()) {
            parts.add("PING after a time-out");
        }
        SocketOptions socket = options.getSocketOptions();
        if (socket.isEnableTcpUserTimeout()) {
            parts.add("TCP user time-out " + socket.getTcpUserTimeout().getTcpUserTimeout());
        }
        if (minReplicas > 0) {
            parts.add("changes wait for " + minReplicas + " replica(s)");
        }
        return String.join(", ", parts);
    }

    private static String refresh(ClusterTopologyRefreshOptions refresh) {
        String adaptive = refresh.getAdaptiveRefreshTriggers().isEmpty() ? "" : " on errors";
        String periodic = refresh.isPeriodicRefreshEnabled() ? " every " + refresh.getRefreshPeriod() : "";
        return adaptive.isEmpty() && periodic.isEmpty()
                ? "Cluster topology is never refreshed"
                : "Cluster topology refreshed" + adaptive + (adaptive.isEmpty() || periodic.isEmpty() ? "" : " and")
                        + periodic;
    }
}

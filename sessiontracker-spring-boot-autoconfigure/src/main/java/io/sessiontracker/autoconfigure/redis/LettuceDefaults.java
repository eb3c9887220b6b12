package io.sessiontracker.autoconfigure.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;

/**
 * Sets what neither Spring Boot nor the application has set, so that a fail-over is noticed: a Cluster's topology is refreshed
 * periodically, and the kernel gives up a connection whose peer is silent. The application's customizers run later.
 */
final class LettuceDefaults implements LettuceClientOptionsBuilderCustomizer {

    static final Duration REFRESH_PERIOD = Duration.ofSeconds(30);
    static final Duration TCP_USER_TIMEOUT = Duration.ofSeconds(30);

    private static final boolean NATIVE_TRANSPORT = EpollProvider.isAvailable() || IOUringProvider.isAvailable();

    @Override
    public void customize(ClientOptions.Builder options) {
        if (options instanceof ClusterClientOptions.Builder cluster) {
            ClusterTopologyRefreshOptions refresh = cluster.build().getTopologyRefreshOptions();
            if (!refresh.isPeriodicRefreshEnabled()) {
                cluster.topologyRefreshOptions(periodic(refresh));
            }
        }
        SocketOptions socket = options.build().getSocketOptions();
        if (NATIVE_TRANSPORT && !socket.isEnableTcpUserTimeout()) {
            options.socketOptions(socket.mutate()
                    .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                            .enable()
                            .tcpUserTimeout(TCP_USER_TIMEOUT)
                            .build())
                    .build());
        }
    }

    private static ClusterTopologyRefreshOptions periodic(ClusterTopologyRefreshOptions refresh) {
        return ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(REFRESH_PERIOD)
                .dynamicRefreshSources(refresh.useDynamicRefreshSources())
                .closeStaleConnections(refresh.isCloseStaleConnections())
                .refreshTriggersReconnectAttempts(refresh.getRefreshTriggersReconnectAttempts())
                .adaptiveRefreshTriggersTimeout(refresh.getAdaptiveRefreshTimeout())
                .disableAllAdaptiveRefreshTriggers()
                .enableAdaptiveRefreshTrigger(
                        refresh.getAdaptiveRefreshTriggers().toArray(RefreshTrigger[]::new))
                .build();
    }
}

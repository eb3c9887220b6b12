package io.sessiontracker.autoconfigure.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;
import io.sessiontracker.autoconfigure.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The defaults that let connections notice a fail-over. */
@ExtendWith(OutputCaptureExtension.class)
class FailOverDefaultsTest {

    private static final ApplicationContextRunner CLUSTER =
            Applications.redis().withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.1:1");

    @Test
    void shouldRefreshTheTopologyOfACluster(CapturedOutput output) {
        CLUSTER.run(context -> {
            assertThat(refresh(context).isPeriodicRefreshEnabled()).isTrue();
            assertThat(refresh(context).getRefreshPeriod()).isEqualTo(LettuceDefaults.REFRESH_PERIOD);
            assertThat(refresh(context).getAdaptiveRefreshTriggers())
                    .isEqualTo(ClusterTopologyRefreshOptions.DEFAULT_ADAPTIVE_REFRESH_TRIGGERS);
            assertThat(refresh(context).useDynamicRefreshSources()).isTrue();
            assertThat(output)
                    .contains(
                            "sessions in RedisSessionDataProvider (Cluster topology refreshed on errors and every PT30S,"
                                    + " PING after a time-out");
        });
    }

    @Test
    void shouldRespectProperties() {
        CLUSTER.withPropertyValues(
                        "spring.data.redis.lettuce.cluster.refresh.period=7s",
                        "spring.data.redis.lettuce.cluster.refresh.dynamic-refresh-sources=false")
                .run(context -> {
                    assertThat(refresh(context).getRefreshPeriod()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(refresh(context).useDynamicRefreshSources()).isFalse();
                });
        CLUSTER.withPropertyValues("spring.data.redis.lettuce.cluster.refresh.dynamic-refresh-sources=false")
                .run(context -> {
                    assertThat(refresh(context).isPeriodicRefreshEnabled()).isTrue();
                    assertThat(refresh(context).useDynamicRefreshSources()).isFalse();
                });
    }

    @Test
    void shouldRespectCustomizerOfApplication(CapturedOutput output) {
        LettuceClientOptionsBuilderCustomizer own = options -> ((ClusterClientOptions.Builder) options)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .disableAllAdaptiveRefreshTriggers()
                        .build());
        CLUSTER.withBean(LettuceClientOptionsBuilderCustomizer.class, () -> own).run(context -> {
            assertThat(refresh(context).isPeriodicRefreshEnabled()).isFalse();
            assertThat(output).contains("Cluster topology is never refreshed");
        });
    }

    @Test
    void shouldSetTcpUserTimeoutWithNativeTransport(CapturedOutput output) {
        boolean possible = EpollProvider.isAvailable() || IOUringProvider.isAvailable();
        Applications.redis().run(context -> {
            assertThat(options(context).getSocketOptions().isEnableTcpUserTimeout())
                    .isEqualTo(possible);
            assertThat(output)
                    .contains("RedisSessionDataProvider (PING after a time-out"
                            + (possible ? ", TCP user time-out PT30S)" : ")"));
        });
    }

    @Test
    void shouldLogMinReplicas(CapturedOutput output) {
        Applications.redis()
                .withPropertyValues("session-tracker.redis.min-replicas=2")
                .run(context -> assertThat(output).contains("changes wait for 2 replica(s)"));
    }

    @Test
    void shouldRefuseInvalidMinReplicas() {
        Applications.redis()
                .withPropertyValues("session-tracker.redis.min-replicas=-1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("A negative number of replicas: -1"));
    }

    @Test
    void shouldKeepOtherSocketOptions() {
        Applications.redis()
                .withPropertyValues("spring.data.redis.connect-timeout=3s")
                .run(context -> assertThat(options(context).getSocketOptions().getConnectTimeout())
                        .isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void shouldNotTouchRedisWithAnotherStore() {
        CLUSTER.withPropertyValues("session-tracker.store=memory")
                .run(context ->
                        assertThat(refresh(context).isPeriodicRefreshEnabled()).isFalse());
    }

    private static ClusterTopologyRefreshOptions refresh(BeanFactory context) {
        return ((ClusterClientOptions) options(context)).getTopologyRefreshOptions();
    }

    private static ClientOptions options(BeanFactory context) {
        return context.getBean(LettuceConnectionFactory.class)
                .getClientConfiguration()
                .getClientOptions()
                .orElseThrow();
    }
}

package io.sessiontracker.testing;

import java.util.Locale;

import io.sessiontracker.process.ServerProcess;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A container in the host's network, so that Cluster and Sentinel announce addresses that clients can reach. The image is
 * {@code redis:7.4} unless {@code -Dsessiontracker.test.redis.image} names another.
 */
final class ContainerRedisProcess implements RedisProcess {

    private static final DockerImageName IMAGE = DockerImageName.parse(
                    System.getProperty("sessiontracker.test.redis.image", "redis:7.4"))
            .asCompatibleSubstituteFor("redis");
    /** The image's entry point hands this directory to the user that the server runs as. */
    private static final String FILE = "/data/redis.conf";

    private final GenericContainer<?> container;

    private ContainerRedisProcess(GenericContainer<?> container) {
        this.container = container;
    }

    // The container is closed by kill(), or by the reaper of Testcontainers.
    @SuppressWarnings("resource")
    static ContainerRedisProcess start(String config, boolean sentinel, String ready) {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withCopyToContainer(Transferable.of(config + "dir /data\n", 0666), FILE)
                .withCommand(
                        sentinel
                                ? new String[] {"redis-server", FILE, "--sentinel"}
                                : new String[] {"redis-server", FILE})
                .waitingFor(Wait.forLogMessage(String.format(Locale.ROOT, "(?s).*%s.*", ready), 1));
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            String output = e + "\n" + e.getCause();
            container.stop();
            throw new ServerProcess.StartFailure(output);
        }
        return new ContainerRedisProcess(container);
    }

    @Override
    public void kill() {
        container.stop();
    }

    @Override
    public void freeze() {
        DockerClientFactory.instance()
                .client()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void thaw() {
        DockerClientFactory.instance()
                .client()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }
}

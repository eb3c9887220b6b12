package io.sessiontracker.jdbc;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** MariaDB in a container. The image is {@code mariadb:11.8} unless {@code -Dsessiontracker.test.mariadb.image} names another. */
final class MariaDbContainer implements DatabaseServer {

    private static final DockerImageName IMAGE = DockerImageName.parse(
                    System.getProperty("sessiontracker.test.mariadb.image", "mariadb:11.8"))
            .asCompatibleSubstituteFor("mariadb");
    private static final int PORT = 3306;

    private final GenericContainer<?> container;
    private final int port;

    // The container is closed by close(), or by the reaper of Testcontainers.
    @SuppressWarnings("resource")
    MariaDbContainer() {
        container = new GenericContainer<>(IMAGE)
                .withEnv("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "1")
                .withEnv("MARIADB_DATABASE", "sessions")
                .withExposedPorts(PORT)
                // It starts twice: once to create the database.
                .waitingFor(Wait.forLogMessage("(?s).*ready for connections.*port: " + PORT + ".*", 1));
        container.start();
        port = container.getMappedPort(PORT);
    }

    @Override
    public String url() {
        return "jdbc:mariadb://" + container.getHost() + ":" + port + "/sessions";
    }

    @Override
    public String user() {
        return "root";
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("A restarted container has another port");
    }

    @Override
    public void close() {
        container.stop();
    }
}

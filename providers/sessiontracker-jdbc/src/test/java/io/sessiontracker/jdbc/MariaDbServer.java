package io.sessiontracker.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.sessiontracker.process.ServerProcess;
import io.sessiontracker.process.Signals;
import org.jspecify.annotations.Nullable;

/** The {@code mariadbd} that {@code -Dsessiontracker.test.mariadb} names, else an installed one. */
final class MariaDbServer implements DatabaseServer {

    static final @Nullable String SELECTED = System.getProperty("sessiontracker.test.mariadb");

    private static final String PROGRAM = "mariadbd";
    private static final List<String> USUAL_PLACES = List.of("/usr/sbin", "/usr/libexec", "/usr/local/sbin");
    private static final int ATTEMPTS = 20;
    private static final int FIRST_PORT = 22_000;
    private static final int LAST_PORT = 32_000;

    private final Path directory;
    private final int port;
    private ServerProcess process;

    private MariaDbServer(Path directory, int port, boolean restartable) throws IOException {
        this.directory = directory;
        this.port = port;
        if (restartable) {
            bootstrap();
        }
        this.process = start();
    }

    /** Creates files and shuts down: a server that is killed before its first checkpoint cannot be started again. */
    private void bootstrap() throws IOException {
        List<String> command = command();
        command.add("--bootstrap");
        Process bootstrap = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Signals.awaitEnd(bootstrap.toHandle());
    }

    /** Returns the program's path; empty if there is none. */
    static Optional<String> program() {
        if (SELECTED != null) {
            return Optional.of(SELECTED);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), USUAL_PLACES.stream())
                .map(place -> Path.of(place, PROGRAM))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Returns whether there is a program that {@link #launch} starts. */
    static boolean isInstalled() {
        return program().isPresent();
    }

    static boolean isLocal() {
        return !"docker".equals(SELECTED) && program().isPresent();
    }

    static MariaDbServer launch() {
        return launch(false);
    }

    static MariaDbServer restartable() {
        return launch(true);
    }

    private static MariaDbServer launch(boolean restartable) {
        for (int attempt = 1; ; attempt++) {
            try {
                Path directory =
                        Files.createTempDirectory(Path.of("target"), "mariadb-").toAbsolutePath();
                int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
                return new MariaDbServer(directory, port, restartable);
            } catch (ServerProcess.StartFailure e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Needs no set-up of the directory, as it has no accounts. Writes to the disk once a second: what a killed process wrote is
     * still in the system's memory.
     */
    private ServerProcess start() {
        return ServerProcess.start(command(), directory, "ready for connections");
    }

    private List<String> command() {
        String program = program().orElseThrow();
        List<String> command = new ArrayList<>(List.of(
                program,
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--skip-grant-tables",
                "--datadir=" + directory,
                "--tmpdir=" + directory,
                "--socket=socket",
                "--pid-file=pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--max-connections=300",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=16M",
                "--innodb-stats-persistent=OFF"));
        // Of a package that is unpacked elsewhere.
        Path messages = Path.of(program).resolveSibling("../share/mysql").normalize();
        if (Files.isDirectory(messages)) {
            command.add("--lc-messages-dir=" + messages);
            command.add("--character-sets-dir=" + messages.resolve("charsets"));
        }
        return command;
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/sessions?createDatabaseIfNotExist=true";
    }

    @Override
    public String user() {
        return "root";
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process = start();
    }

    @Override
    public void close() {
        process.close();
    }
}

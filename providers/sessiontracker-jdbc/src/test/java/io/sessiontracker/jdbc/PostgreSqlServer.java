package io.sessiontracker.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.sessiontracker.process.Signals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with embedded binaries. */
final class PostgreSqlServer implements DatabaseServer {

    /** Where the build puts the binaries of the oldest version; those of a recent one are on the class path. */
    private static final Path OLDEST_BINARIES = Path.of("target", "postgresql-oldest");

    private static final String USER = "postgres";

    private final boolean oldest;
    private final @Nullable Path directory;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    private PostgreSqlServer(boolean oldest, @Nullable Path directory, Map<String, String> settings) {
        this.oldest = oldest;
        this.directory = directory;
        this.settings = settings;
        this.server = start(0);
    }

    static PostgreSqlServer recent() {
        return new PostgreSqlServer(false, null, Map.of());
    }

    static PostgreSqlServer oldest() {
        return new PostgreSqlServer(true, null, Map.of());
    }

    /** Starts a recent version with its data in an empty directory, which is not removed. */
    static PostgreSqlServer restartable(Path directory) {
        return new PostgreSqlServer(false, directory, Map.of());
    }

    /** Starts a recent version that also takes encrypted connections. */
    static PostgreSqlServer encrypted(Path certificate, Path key) {
        return new PostgreSqlServer(
                false,
                null,
                Map.of("ssl", "on", "ssl_cert_file", certificate.toString(), "ssl_key_file", key.toString()));
    }

    /** Does not flush to the disk: what a killed process wrote is still in the system's memory. */
    private EmbeddedPostgres start(int port) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off");
        settings.forEach(builder::setServerConfig);
        if (oldest) {
            builder.setPgBinaryResolver(OLDEST);
        }
        if (directory != null) {
            // By default the embedded server commits before it writes.
            builder.setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setServerConfig("synchronous_commit", "on");
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final PgBinaryResolver OLDEST = (system, machine) -> {
        try (Stream<Path> files = Files.list(OLDEST_BINARIES)) {
            Path jar = files.findFirst().orElseThrow();
            JarFile content = new JarFile(jar.toFile());
            return content.getInputStream(content.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow());
        }
    };

    @Override
    public String url() {
        return server.getJdbcUrl(USER, USER);
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public void kill() {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Signals::awaitEnd);
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restart() {
        int port = server.getPort();
        close();
        server = start(port);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

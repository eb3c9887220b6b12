package io.sessiontracker.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sessions in PostgreSQL over TLS: the server's certificate and name are verified as the URL says. */
class PostgreSqlTlsTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir
    static Path directory;

    private static PostgreSqlServer server;

    @BeforeAll
    static void start() throws Exception {
        Path keys = directory.resolve("keys.p12");
        generateKey(keys);
        writePem(keys);
        server = PostgreSqlServer.encrypted(directory.resolve("server.crt"), directory.resolve("server.key"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldStoreAndLockOverVerifiedConnections() {
        try (HikariDataSource pool = pool("127.0.0.1", "verify-full")) {
            TestDatabase.createTables(pool);
            try (JoiningShop shop = new JoiningShop(JdbcDatabase.of(pool))) {
                shop.started();
                shop.tracker.getLocked(Cart.class, shop.cart).orElseThrow().close();
                assertThat(JdbcClient.create(pool)
                                .sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                        + " WHERE client_addr IS NOT NULL")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
            }
        }
    }

    @Test
    void shouldRefuseAnotherHostsCertificate() {
        assertThatThrownBy(() -> pool("localhost", "verify-full").close())
                .hasStackTraceContaining("could not be verified by hostnameverifier");
    }

    /** The URL asks for no more than a verified connection, and the server's certificate is the only one that is trusted. */
    private static HikariDataSource pool(String host, String mode) {
        String url = server.url().replaceFirst("//[^:/]+", "//" + host);
        return TestDatabase.pool(
                "%s&sslmode=%s&sslrootcert=%s".formatted(url, mode, directory.resolve("server.crt")),
                server.user(),
                3,
                5_000);
    }

    private static void generateKey(Path keys) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        int exit = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keystore",
                        keys.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=database",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private static void writePem(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        write("server.crt", "CERTIFICATE", store.getCertificate("server").getEncoded());
        write("server.key", "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded());
    }

    private static void write(String name, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path file = directory.resolve(name);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}

package io.sessiontracker.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Terminates TLS in front of a Redis server, with its own key, so that servers without TLS or the key can be tested.
 */
final class TlsProxy implements AutoCloseable {

    static final String PASSWORD = "secret";

    private final Path keyStore;
    private final InetAddress loopback;
    private final int target;
    private final SSLServerSocket server;
    private final AtomicInteger handshakes = new AtomicInteger();

    /** Has a key for 127.0.0.1, where it listens. */
    TlsProxy(Path directory, int target) throws Exception {
        this(directory, target, "ip:127.0.0.1");
    }

    /** Has a key for that name, as {@code dns:} or {@code ip:}. */
    TlsProxy(Path directory, int target, String name) throws Exception {
        this.target = target;
        this.keyStore = directory.resolve("redis.p12");
        generateKey(name);
        this.loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.server = (SSLServerSocket) sslContext().getServerSocketFactory().createServerSocket(0, 50, loopback);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the key store of both sides, with the key and the trusted certificate. */
    Path keyStore() {
        return keyStore;
    }

    /** Returns the number of encrypted connections. */
    int handshakes() {
        return handshakes.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void generateKey(String name) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keystore",
                        keyStore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private SSLContext sslContext() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            SSLSocket client = (SSLSocket) server.accept();
            start(() -> serve(client));
        }
    }

    private void serve(SSLSocket client) throws IOException {
        try (client;
                Socket redis = new Socket(loopback, target)) {
            client.startHandshake();
            handshakes.incrementAndGet();
            start(() -> redis.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(redis.getOutputStream());
        }
    }

    private static void start(Action action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (IOException ended) {
                        // A peer closed the connection, or the test is over.
                    }
                },
                "tls-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Action {
        void run() throws IOException;
    }
}

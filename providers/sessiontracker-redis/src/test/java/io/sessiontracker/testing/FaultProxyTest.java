package io.sessiontracker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FaultProxyTest {

    private static RedisServer server;

    private final FaultProxy proxy = FaultProxy.to(server);

    @BeforeAll
    static void launch() {
        server = RedisServer.launch();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void shouldForward() throws IOException {
        try (Client one = new Client();
                Client other = new Client()) {
            assertThat(one.ask("INCR forwarded")).isEqualTo(":1");
            assertThat(other.ask("INCR forwarded")).isEqualTo(":2");
            assertThat(proxy.openConnections()).isEqualTo(2);
            assertThat(proxy.acceptedConnections()).isEqualTo(2);
        }
        await().until(() -> proxy.openConnections() == 0);
    }

    @Test
    void shouldLoseAReplyAfterTheServerExecuted() throws IOException {
        try (Client client = new Client()) {
            proxy.holdReplies();
            client.send("INCR lost");
            proxy.awaitHeldReply();
            proxy.cut();
            proxy.restore();
            client.assertEnded();
        }
        assertThat(new Client().ask("INCR lost")).isEqualTo(":2");
    }

    @Test
    void shouldLoseARequestBeforeTheServerExecutes() throws IOException {
        try (Client client = new Client()) {
            proxy.blackHole();
            client.send("INCR unsent");
            proxy.awaitHeldRequest();
            proxy.cut();
            proxy.restore();
            client.assertEnded();
        }
        assertThat(new Client().ask("INCR unsent")).isEqualTo(":1");
    }

    @Test
    void shouldDeliverHeldBytesLate() throws IOException {
        try (Client client = new Client()) {
            for (Runnable hold : new Runnable[] {proxy::holdRequests, proxy::holdReplies, proxy::blackHole}) {
                hold.run();
                client.send("ECHO late");
                client.assertSilent();
                proxy.restore();
                assertThat(client.line()).isEqualTo("$4");
                assertThat(client.line()).isEqualTo("late");
            }
        }
    }

    @Test
    void shouldStrandOnlyPresentConnections() throws IOException {
        try (Client stranded = new Client()) {
            assertThat(stranded.ask("PING")).isEqualTo("+PONG");
            proxy.strand();
            stranded.send("PING");
            assertThat(new Client().ask("PING")).isEqualTo("+PONG");
            proxy.restore();
            stranded.assertSilent();
        }
    }

    @Test
    void shouldRefuseUntilRestored() throws IOException {
        proxy.refuse();
        assertThatThrownBy(() -> new Client().ask("PING")).isInstanceOf(IOException.class);
        assertThat(proxy.acceptedConnections()).isZero();
        proxy.restore();
        assertThat(new Client().ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void shouldLeadLaterConnectionsToAnotherServer() throws IOException {
        try (RedisServer other = RedisServer.launch();
                Client before = new Client()) {
            assertThat(before.ask("SET which one")).isEqualTo("+OK");
            proxy.redirect(other);
            assertThat(new Client().ask("GET which")).isEqualTo("$-1");
            assertThat(before.ask("GET which")).isEqualTo("$3");
        }
    }

    @Test
    void shouldDelay() throws IOException {
        proxy.delay(Duration.ofMillis(30));
        long before = System.nanoTime();
        assertThat(new Client().ask("PING")).isEqualTo("+PONG");
        assertThat(System.nanoTime() - before)
                .isGreaterThan(Duration.ofMillis(60).toNanos());
    }

    /** Speaks the protocol itself, so that nothing connects or sends again behind the test's back. */
    private final class Client implements AutoCloseable {

        private final Socket socket = new Socket(RedisServer.HOST, proxy.port());

        Client() throws IOException {
            socket.setSoTimeout(60_000);
        }

        String ask(String command) throws IOException {
            send(command);
            return line();
        }

        void send(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        String line() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("ended");
                }
                line.append((char) next);
            }
            return line.toString().trim();
        }

        void assertSilent() throws IOException {
            socket.setSoTimeout(50);
            assertThatThrownBy(this::line).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(60_000);
        }

        void assertEnded() {
            assertThatThrownBy(this::line)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

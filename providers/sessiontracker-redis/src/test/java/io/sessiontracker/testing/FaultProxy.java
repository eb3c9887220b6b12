package io.sessiontracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.springframework.data.redis.connection.RedisNode;

/**
 * A TCP proxy on a free port of 127.0.0.1 in front of one server, which injects the faults of a network. It never leaves a gap
 * in a stream, as TCP never does: bytes that it holds arrive late, after {@link #restore}, or are lost with their connection,
 * by {@link #cut}. So a reply is lost by {@code holdReplies(); …; awaitHeldReply(); cut(); restore()}, after the server has
 * executed the command. Safe for use by several threads.
 */
public final class FaultProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final FaultGate requests = new FaultGate();
    private final FaultGate replies = new FaultGate();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile InetSocketAddress target;
    private volatile boolean refusing;

    private FaultProxy(String host, int port) {
        target = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(RedisServer.HOST, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProxiedConnection.start(this::accept);
    }

    /** Begins to forward to that server. */
    public static FaultProxy to(RedisServer server) {
        return to(RedisServer.HOST, server.port());
    }

    /** Begins to forward to what listens there, now or later. */
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(host, port);
    }

    /** Leads new connections to another server, as a name does after a fail-over; the present ones stay where they are. */
    public void redirect(RedisServer server) {
        target = new InetSocketAddress(RedisServer.HOST, server.port());
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The host and port that clients connect to. */
    public RedisNode node() {
        return new RedisNode(RedisServer.HOST, port());
    }

    /** Resets all connections; bytes under way are lost. New ones are served. */
    public void cut() {
        open.forEach(ProxiedConnection::reset);
    }

    /** Ends all connections in good order, as a server does; what it holds is lost. A driver may then send again what was not answered. */
    public void hangUp() {
        open.forEach(ProxiedConnection::hangUp);
    }

    /** Resets all connections, and every new one until {@link #restore}. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Holds what goes in either direction, as a network that drops every packet. */
    public void blackHole() {
        requests.hold();
        replies.hold();
    }

    /** Lets requests through and holds their replies. */
    public void holdReplies() {
        replies.hold();
    }

    /** Lets replies through and holds requests, so that the server executes them late or never. */
    public void holdRequests() {
        requests.hold();
    }

    /** Makes the present connections half-open for ever: they stay open and silent; new ones are served. */
    public void strand() {
        open.forEach(ProxiedConnection::strand);
    }

    /** Delays each piece of data by that long, in either direction. */
    public void delay(Duration delay) {
        requests.delay(delay);
        replies.delay(delay);
    }

    /** Ends all faults and delivers what is held; stranded connections stay silent. */
    public void restore() {
        refusing = false;
        requests.restore();
        replies.restore();
    }

    /** Waits until a reply is held that came after {@link #holdReplies} or {@link #blackHole}. */
    public void awaitHeldReply() {
        Awaitility.await("a held reply").pollInterval(Duration.ofMillis(5)).until(replies::isHolding);
    }

    /** Waits until a request is held. */
    public void awaitHeldRequest() {
        Awaitility.await("a held request").pollInterval(Duration.ofMillis(5)).until(requests::isHolding);
    }

    /** How many connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** How many connections clients have made so far, without refused ones. */
    public int acceptedConnections() {
        return accepted.get();
    }

    /** Resets all connections and listens no more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refuse();
        requests.restore();
        replies.restore();
    }

    private void accept() throws IOException {
        while (true) {
            ProxiedConnection connection = new ProxiedConnection(listener.accept(), requests, replies, open::remove);
            if (refusing) {
                connection.reset();
            } else {
                accepted.incrementAndGet();
                open.add(connection);
                ProxiedConnection.start(() -> connection.serve(target));
                if (refusing) {
                    connection.reset();
                }
            }
        }
    }
}

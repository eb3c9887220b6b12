package io.sessiontracker.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** One connection of a client to a {@link FaultProxy}, and that of the proxy to the server. */
final class ProxiedConnection {

    private static final int PIECE = 64 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final FaultGate requests;
    private final FaultGate replies;
    /** Holds for ever once it does. */
    private final FaultGate stranded = new FaultGate();

    private final Consumer<ProxiedConnection> onEnd;

    private volatile boolean ended;
    private volatile boolean orderly;

    ProxiedConnection(Socket client, FaultGate requests, FaultGate replies, Consumer<ProxiedConnection> onEnd) {
        this.client = client;
        this.requests = requests;
        this.replies = replies;
        this.onEnd = onEnd;
    }

    /** Connects to the server and forwards requests and replies until one side ends. */
    void serve(InetSocketAddress target) throws IOException {
        try {
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> forward(server, client, replies));
            forward(client, server, requests);
        } finally {
            reset();
        }
    }

    private void forward(Socket from, Socket to, FaultGate gate) throws IOException {
        try {
            byte[] piece = new byte[PIECE];
            for (int size = from.getInputStream().read(piece);
                    size >= 0;
                    size = from.getInputStream().read(piece)) {
                gate.pass(() -> ended);
                stranded.pass(() -> ended);
                to.getOutputStream().write(piece, 0, size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset();
        }
    }

    void strand() {
        stranded.hold();
    }

    /** Ends both sides in good order; what is held is lost. */
    void hangUp() {
        orderly = true;
        reset();
    }

    /** Ends both sides at once; what is under way is lost. */
    void reset() {
        ended = true;
        close(client);
        close(server);
        for (FaultGate gate : new FaultGate[] {requests, replies, stranded}) {
            gate.recheck();
        }
        onEnd.accept(this);
    }

    private void close(Socket socket) {
        try {
            socket.setSoLinger(!orderly, 0);
        } catch (SocketException closedAlready) {
            // Nothing is left to reset.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    /** Runs on a daemon thread until done, or until its socket is closed. */
    static void start(Forwarding forwarding) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forwarding.run();
                    } catch (IOException over) {
                        // A side ended, the server is down, or the proxy is closed.
                    }
                },
                "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** What such a thread does. */
    interface Forwarding {
        void run() throws IOException;
    }
}

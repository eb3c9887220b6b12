package io.sessiontracker.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What clients send to a server, as {@code MONITOR} shows it. Commands inside scripts do not count, as they are no round trips;
 * those of connections that open meanwhile do. Lettuce has no such command, so this speaks the protocol itself.
 */
public final class CommandMonitor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

    private final RedisServer server;
    private final Socket socket;
    private final BufferedReader lines;

    /** Begins to listen. */
    public CommandMonitor(RedisServer server) {
        this.server = server;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the commands that clients sent meanwhile, in order, in lower case. */
    public List<String> during(Runnable calls) {
        mark();
        calls.run();
        return mark();
    }

    /** Returns the commands up to now: sends a unique one and reads until it appears. */
    private List<String> mark() {
        String mark = UUID.randomUUID().toString();
        try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            other.getOutputStream().write(("ECHO " + mark + "\r\n").getBytes(StandardCharsets.US_ASCII));
            List<String> commands = new ArrayList<>();
            for (String line = lines.readLine(); !line.contains(mark); line = lines.readLine()) {
                // +1700000000.000000 [0 127.0.0.1:40000] "evalsha" "…", or [0 lua] for a script's own.
                if (!line.contains("[0 lua]")) {
                    commands.add(line.split("\"", 3)[1].toLowerCase(Locale.ROOT));
                }
            }
            return commands;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

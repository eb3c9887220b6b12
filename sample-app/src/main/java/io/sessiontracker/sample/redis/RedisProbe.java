package io.sessiontracker.sample.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Checks whether a port is Redis's, by its inline protocol. */
enum RedisProbe {
    REDIS,
    NOTHING,
    SOMETHING_ELSE;

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final String PONG = "+PONG";

    static RedisProbe probe(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(PONG.length());
            return new String(answer, StandardCharsets.US_ASCII).equals(PONG) ? REDIS : SOMETHING_ELSE;
        } catch (ConnectException e) {
            return NOTHING;
        } catch (IOException e) {
            return SOMETHING_ELSE;
        }
    }
}

package io.sessiontracker.linearizability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/** The near end of a process that runs {@link ClientMain}. It ends with this JVM, because its input then does. */
final class ClientProcess implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    /** Connects as {@link #connection} says. */
    ClientProcess(String name, String namespace, Duration commandTimeout, String connection) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ClientMain.class.getName(),
                            name,
                            namespace,
                            Long.toString(commandTimeout.toMillis()),
                            connection)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** To {@code host:port}, several of a Cluster, or {@code master@} and several Sentinels, with commas. */
    static RedisConfiguration connection(String text) {
        int at = text.indexOf('@');
        List<String> nodes = Arrays.asList(text.substring(at + 1).split(","));
        if (at >= 0) {
            RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration().master(text.substring(0, at));
            nodes.forEach(node -> sentinels.sentinel(RedisNode.fromString(node)));
            return sentinels;
        }
        if (nodes.size() > 1) {
            return new RedisClusterConfiguration(nodes);
        }
        RedisNode node = RedisNode.fromString(nodes.get(0));
        return new RedisStandaloneConfiguration(node.getRequiredHost(), node.getRequiredPort());
    }

    /** Waits until it is ready; false if its clock is another than this JVM's, so that histories cannot be joined. */
    boolean sharesClock() {
        long before = System.nanoTime();
        send("clock");
        long there = Long.parseLong(readUntilDone(new ArrayList<>()));
        return before <= there && there <= System.nanoTime();
    }

    /** Has its clients begin; {@link #history} waits for their end. */
    void run(long seed, int calls, Duration most, List<String> keys) {
        send("run %d %d %d %s".formatted(seed, calls, most.toMillis(), String.join(" ", keys)));
    }

    List<Operation> history() {
        List<Operation> operations = new ArrayList<>();
        readUntilDone(operations);
        return operations;
    }

    private void send(String command) {
        commands.println(command);
    }

    private String readUntilDone(List<Operation> operations) {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(ClientMain.OPERATION)) {
                    operations.add(Operation.parse(line.substring(ClientMain.OPERATION.length())));
                } else if (line.startsWith(ClientMain.DONE)) {
                    return line.substring(ClientMain.DONE.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("The process ended without an answer");
    }

    /** As a long pause of its machine would. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

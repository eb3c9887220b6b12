package io.sessiontracker.linearizability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.sessiontracker.process.WorkerProcess;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/** The near end of a process that runs {@link ClientMain}. It ends with this JVM, because its input then does. */
final class ClientProcess implements AutoCloseable {

    private final WorkerProcess process;

    /** Connects as {@link #connection} says. */
    ClientProcess(String name, String namespace, Duration commandTimeout, String connection) {
        process = new WorkerProcess(
                ClientMain.class, List.of(name, namespace, Long.toString(commandTimeout.toMillis()), connection));
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
        process.send("clock");
        long there = Long.parseLong(readUntilDone(new ArrayList<>()));
        return before <= there && there <= System.nanoTime();
    }

    /** Has its clients begin; {@link #history} waits for their end. */
    void run(long seed, int calls, Duration most, List<String> keys) {
        process.send("run %d %d %d %s".formatted(seed, calls, most.toMillis(), String.join(" ", keys)));
    }

    List<Operation> history() {
        List<Operation> operations = new ArrayList<>();
        readUntilDone(operations);
        return operations;
    }

    private String readUntilDone(List<Operation> operations) {
        String line = process.readLine();
        while (!line.startsWith(ClientMain.DONE)) {
            if (line.startsWith(ClientMain.OPERATION)) {
                operations.add(Operation.parse(line.substring(ClientMain.OPERATION.length())));
            }
            line = process.readLine();
        }
        return line.substring(ClientMain.DONE.length());
    }

    /** As a long pause of its machine would. */
    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }
}

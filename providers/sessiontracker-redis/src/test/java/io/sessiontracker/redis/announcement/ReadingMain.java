package io.sessiontracker.redis.announcement;

import java.io.IOException;
import java.time.Duration;

import io.sessiontracker.process.WorkerProcess;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/** A process that reads a counter: {@code read <times>} answers when each read began and what it read. */
final class ReadingMain {

    private ReadingMain() {}

    public static void main(String[] args) throws IOException {
        try (CachingNode node = CachingNode.local(
                RedisServers.awaitConnected(RedisServers.connect(
                        new RedisStandaloneConfiguration(RedisServer.HOST, Integer.parseInt(args[0])), client -> {})),
                Duration.ofMillis(Long.parseLong(args[1])))) {
            node.awaitHit(args[2]);
            WorkerProcess.execute(
                    words -> words[0].equals("read") ? read(node, args[2], Integer.parseInt(words[1])) : "");
        }
    }

    private static String read(CachingNode node, String key, int times) {
        StringBuilder reads = new StringBuilder();
        for (int i = 0; i < times; i++) {
            reads.append(System.nanoTime()).append(':').append(node.items(key)).append(' ');
        }
        return reads.append(node.hits).toString();
    }
}

package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sessiontracker.benchmarks.simulation.ServerTime.Cost;
import io.sessiontracker.testing.RedisServer;

/** Measures what a server spends for a message and its delivery, by the number of subscribers. */
final class MessageTimes {

    private static final List<Integer> SUBSCRIBERS = List.of(0, 1, 10, 100, 1_000);
    private static final String CHANNEL = "shop:checkout:changes";
    /** Id, version and a key. */
    private static final String MESSAGE = "x".repeat(24) + "order-123456";

    private final RedisServer server;
    private final int deliveries;

    /** @param deliveries how many to make with each number of subscribers, at least */
    MessageTimes(RedisServer server, int deliveries) {
        this.server = server;
        this.deliveries = deliveries;
    }

    /** Returns the cost of one message by the number of subscribers. */
    Map<Integer, Cost> measure(int together) {
        Map<Integer, Cost> costs = new LinkedHashMap<>();
        RedisClient client = RedisClient.create(RedisURI.create(RedisServer.HOST, server.port()));
        try (StatefulRedisConnection<String, String> publisher = client.connect()) {
            int subscribed = 0;
            for (int subscribers : SUBSCRIBERS) {
                for (; subscribed < subscribers; subscribed++) {
                    client.connectPubSub().sync().subscribe(CHANNEL);
                }
                int messages = Math.max(2_000, deliveries / Math.max(1, subscribers)) / together;
                costs.put(
                        subscribers,
                        new ServerTime(server)
                                .measure((long) messages * together, () -> publish(publisher, messages, together)));
            }
        } finally {
            client.shutdown();
        }
        return costs;
    }

    private static void publish(StatefulRedisConnection<String, String> publisher, int times, int together) {
        publisher.setAutoFlushCommands(false);
        for (int i = 0; i < times; i++) {
            List<RedisFuture<Long>> replies = new ArrayList<>();
            for (int message = 0; message < together; message++) {
                replies.add(publisher.async().publish(CHANNEL, MESSAGE));
            }
            publisher.flushCommands();
            replies.forEach(reply -> reply.toCompletableFuture().join());
        }
        publisher.setAutoFlushCommands(true);
    }
}

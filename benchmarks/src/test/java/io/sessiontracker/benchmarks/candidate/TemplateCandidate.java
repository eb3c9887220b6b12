package io.sessiontracker.benchmarks.candidate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;

/**
 * The baseline: a plain template and Jackson, without versions, sliding expiration or protection from concurrent writers. With
 * a Redisson lock around a change, the usual hand-written solution.
 */
final class TemplateCandidate implements Candidate {

    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final long LEASE_SECONDS = 30;

    private final ValueOperations<String, Order> values;
    private final RedissonClient redisson;

    TemplateCandidate(Clients clients) {
        RedisTemplate<String, Order> template =
                clients.template(new JacksonJsonRedisSerializer<>(clients.json, Order.class));
        values = template.opsForValue();
        redisson = clients.redisson;
    }

    /** Has the JSON of {@link OrderSession}. */
    record Order(Cart cart) {}

    @Override
    public String start(String key, String tenant, Cart cart) {
        String id = "order:" + key;
        values.set(id, new Order(cart), LIFETIME);
        return id;
    }

    @Override
    public Order get(String id) {
        return Objects.requireNonNull(values.get(id), id);
    }

    @Override
    public void change(String id, UnaryOperator<Cart> edit) {
        values.set(id, new Order(edit.apply(get(id).cart())), LIFETIME);
    }

    @Override
    public void lockedChange(String id, UnaryOperator<Cart> edit) {
        RLock lock = redisson.getLock("lock:" + id);
        try {
            if (!lock.tryLock(0, LEASE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(id + " is locked");
            }
            try {
                change(id, edit);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stores an empty order: one write, as for every other candidate's finish. */
    @Override
    public void finish(String id) {
        values.set(id, new Order(Cart.EMPTY), LIFETIME);
    }
}

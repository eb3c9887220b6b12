package io.sessiontracker.benchmarks.candidate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.serializer.RedisSerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serializes what Spring Session stores in a hash, as JSON without type names, the shortest form: a cart is recognised by its
 * first property.
 */
final class CartSerializer implements RedisSerializer<Object> {

    private static final byte[] CART = "{\"customer\"".getBytes(StandardCharsets.US_ASCII);

    private final JsonMapper json;

    CartSerializer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public byte[] serialize(@Nullable Object value) {
        return json.writeValueAsBytes(value);
    }

    @Override
    public @Nullable Object deserialize(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        return isCart(bytes) ? json.readValue(bytes, Cart.class) : json.readValue(bytes, Object.class);
    }

    private static boolean isCart(byte[] bytes) {
        return bytes.length > CART.length && Arrays.equals(bytes, 0, CART.length, CART, 0, CART.length);
    }
}

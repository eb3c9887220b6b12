package io.sessiontracker.benchmarks.candidate;

import java.util.List;
import java.util.function.UnaryOperator;

import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.RedisKeyValueAdapter;
import org.springframework.data.redis.core.RedisKeyValueTemplate;
import org.springframework.data.redis.core.convert.RedisCustomConversions;
import org.springframework.data.redis.core.index.Indexed;
import org.springframework.data.redis.core.mapping.RedisMappingContext;
import org.springframework.data.redis.repository.support.RedisRepositoryFactory;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.data.repository.CrudRepository;
import tools.jackson.databind.json.JsonMapper;

/** A Spring Data Redis repository that stores the cart as one JSON field instead of a field for each part. */
final class SpringDataCandidate implements Candidate {

    private final OrderRepository repository;

    SpringDataCandidate(Clients clients) {
        RedisCustomConversions conversions =
                new RedisCustomConversions(List.of(new CartWriter(clients.json), new CartReader(clients.json)));
        RedisMappingContext mapping = new RedisMappingContext();
        mapping.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        RedisKeyValueAdapter adapter =
                new RedisKeyValueAdapter(clients.template(RedisSerializer.byteArray()), mapping, conversions);
        adapter.afterPropertiesSet();
        RedisKeyValueTemplate template = new RedisKeyValueTemplate(adapter, mapping);
        repository = new RedisRepositoryFactory(template).getRepository(OrderRepository.class);
    }

    /** The entity. */
    @RedisHash(value = "orders", timeToLive = 1800)
    record StoredOrder(@Id String id, @Indexed String tenant, Cart cart) {}

    /** The repository. */
    interface OrderRepository extends CrudRepository<StoredOrder, String> {
        List<StoredOrder> findByTenant(String tenant, Pageable page);
    }

    @Override
    public String start(String key, String tenant, Cart cart) {
        return repository.save(new StoredOrder(key, tenant, cart)).id();
    }

    @Override
    public StoredOrder get(String id) {
        return repository.findById(id).orElseThrow();
    }

    @Override
    public void change(String id, UnaryOperator<Cart> edit) {
        StoredOrder order = get(id);
        repository.save(new StoredOrder(id, order.tenant(), edit.apply(order.cart())));
    }

    @Override
    public void finish(String id) {
        repository.deleteById(id);
    }

    @Override
    public int page(String tenant, int size) {
        return repository.findByTenant(tenant, PageRequest.of(0, size)).size();
    }

    @WritingConverter
    private record CartWriter(JsonMapper json) implements Converter<Cart, byte[]> {
        @Override
        public byte[] convert(Cart cart) {
            return json.writeValueAsBytes(cart);
        }
    }

    @ReadingConverter
    private record CartReader(JsonMapper json) implements Converter<byte[], Cart> {
        @Override
        public Cart convert(byte[] bytes) {
            return json.readValue(bytes, Cart.class);
        }
    }
}

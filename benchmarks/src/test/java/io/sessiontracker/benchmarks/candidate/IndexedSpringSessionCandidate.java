package io.sessiontracker.benchmarks.candidate;

import java.util.List;

import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.config.ConfigureNotifyKeyspaceEventsAction;

/** Spring Session with its index, including the subscriber to keyspace notifications that an application has. */
final class IndexedSpringSessionCandidate extends SpringSessionCandidate<RedisIndexedSessionRepository.RedisSession> {

    private final RedisIndexedSessionRepository repository;
    private final RedisMessageListenerContainer listener = new RedisMessageListenerContainer();
    private final Clients clients;

    private IndexedSpringSessionCandidate(RedisIndexedSessionRepository repository, Clients clients) {
        super(repository);
        this.repository = repository;
        this.clients = clients;
    }

    static IndexedSpringSessionCandidate open(Clients clients) {
        CartSerializer serializer = new CartSerializer(clients.json);
        RedisTemplate<String, Object> template = clients.template(serializer);
        RedisIndexedSessionRepository repository = new RedisIndexedSessionRepository(template);
        repository.setDefaultSerializer(serializer);
        repository.afterPropertiesSet();
        IndexedSpringSessionCandidate candidate = new IndexedSpringSessionCandidate(repository, clients);
        candidate.listen();
        return candidate;
    }

    private void listen() {
        listener.setConnectionFactory(clients.lettuce);
        listener.addMessageListener(
                repository,
                List.of(
                        new ChannelTopic(repository.getSessionDeletedChannel()),
                        new ChannelTopic(repository.getSessionExpiredChannel()),
                        new PatternTopic(repository.getSessionCreatedChannelPrefix() + "*")));
        listener.afterPropertiesSet();
        listener.start();
    }

    @Override
    public void prepare() {
        try (var connection = clients.lettuce.getConnection()) {
            new ConfigureNotifyKeyspaceEventsAction().configure(connection);
        }
    }

    @Override
    public int page(String tenant, int size) {
        return repository.findByPrincipalName(tenant).size();
    }

    @Override
    public void close() {
        try {
            listener.destroy();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        repository.destroy();
    }
}

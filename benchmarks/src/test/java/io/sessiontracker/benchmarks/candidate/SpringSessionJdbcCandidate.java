package io.sessiontracker.benchmarks.candidate;

import javax.sql.DataSource;

import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Spring Session's JDBC store with its default transactions; attributes are JSON. */
final class SpringSessionJdbcCandidate<S extends Session> extends SpringSessionCandidate<S> {

    private final FindByIndexNameSessionRepository<S> repository;

    private SpringSessionJdbcCandidate(FindByIndexNameSessionRepository<S> repository) {
        super(repository);
        this.repository = repository;
    }

    static Candidate of(DataSource dataSource) {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcIndexedSessionRepository repository =
                new JdbcIndexedSessionRepository(new JdbcTemplate(dataSource), transactions);
        CartSerializer serializer = new CartSerializer(JsonMapper.shared());
        GenericConversionService conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, serializer::serialize);
        conversions.addConverter(byte[].class, Object.class, serializer::deserialize);
        repository.setConversionService(conversions);
        FindByIndexNameSessionRepository<? extends Session> any = repository;
        return candidate(any);
    }

    private static <S extends Session> Candidate candidate(FindByIndexNameSessionRepository<S> repository) {
        return new SpringSessionJdbcCandidate<>(repository);
    }

    @Override
    public S peek(String id) {
        return get(id);
    }

    @Override
    public int page(String tenant, int size) {
        return repository.findByPrincipalName(tenant).size();
    }
}

package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** An application that uses the same connection factory in transactions of its own. */
abstract class RedisTransactions {

    private final StoreProbe store;
    private final RedisTemplate<byte[], byte[]> application;
    private final byte[] key;

    RedisTransactions(StoreProbe store) {
        this.store = store;
        application = RedisSessionDataProvider.template(store.redis.getRequiredConnectionFactory());
        key = (store.namespace + ":theirs").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldNotWaitForExec() {
        inTransaction(RedisOperations::exec);

        assertThat(application.opsForValue().get(key)).isEqualTo(new byte[] {1});
    }

    @Test
    void shouldNotBeUndoneByDiscard() {
        inTransaction(RedisOperations::discard);

        assertThat(application.opsForValue().get(key)).isNull();
        assertThat(store.value(store.running())).isNotNull();
    }

    private void inTransaction(Consumer<RedisOperations<byte[], byte[]>> end) {
        application.execute(session(operations -> {
            operations.multi();
            operations.opsForValue().set(key, new byte[] {1});
            assertStartsAndReads();
            end.accept(operations);
            return null;
        }));
    }

    @Test
    void shouldNotBeUndoneByARollbackOfSpringsTransaction() {
        application.setEnableTransactionSupport(true);
        new TransactionTemplate(new NoResource()).executeWithoutResult(status -> {
            application.opsForValue().set(key, new byte[] {1});
            assertStartsAndReads();
            status.setRollbackOnly();
        });

        assertThat(application.opsForValue().get(key)).isNull();
        assertThat(store.value(store.running())).isNotNull();
    }

    @Test
    void shouldNotWaitForTheEndOfAPipeline() {
        application.executePipelined(session(operations -> {
            operations.opsForValue().set(key, new byte[] {1});
            assertStartsAndReads();
            return null; // as Spring demands
        }));

        assertThat(application.opsForValue().get(key)).isEqualTo(new byte[] {1});
    }

    private static SessionCallback<@Nullable Object> session(
            Function<RedisOperations<byte[], byte[]>, @Nullable Object> calls) {
        return new SessionCallback<>() {
            @Override
            @SuppressWarnings("unchecked") // as this interface is
            public <K, V> @Nullable Object execute(RedisOperations<K, V> operations) {
                return calls.apply((RedisOperations<byte[], byte[]>) operations);
            }
        };
    }

    private void assertStartsAndReads() {
        store.start(AN_HOUR);
        assertThat(store.run(store.operations.get(store.address, true))).isInstanceOf(StoreReply.Done.class);
    }

    /** Transactions that Redis takes part in, and nothing else. */
    private static final class NoResource extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}

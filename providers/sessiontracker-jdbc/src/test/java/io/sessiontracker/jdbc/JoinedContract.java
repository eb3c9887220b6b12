package io.sessiontracker.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store contract on one database, with each call in a transaction of its caller. */
abstract class JoinedContract extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    private final TestDatabase database;

    JoinedContract(TestDatabase database) {
        this.database = database;
    }

    @Override
    public SessionDataProvider provider(String namespace) {
        JdbcDatabase shared = database.database();
        SessionDataProvider store = new JdbcSessionDataProvider(shared, namespace, TransactionMode.JOIN, 4);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(shared.dataSource()));
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(),
                new Class<?>[] {SessionDataProvider.class},
                (proxy, method, arguments) -> transaction.execute(status -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException | IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }

    @Override
    public long storeTime() {
        return database.timeMillis();
    }
}

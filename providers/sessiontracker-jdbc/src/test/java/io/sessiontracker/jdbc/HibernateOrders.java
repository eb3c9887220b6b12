package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;

import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** An application's entities in Hibernate, over the data source that sessions are in. */
final class HibernateOrders implements AutoCloseable {

    private final EntityManagerFactory factory;
    private final EntityManager entities;

    HibernateOrders(DataSource dataSource) {
        LocalContainerEntityManagerFactoryBean bean = new LocalContainerEntityManagerFactoryBean();
        bean.setDataSource(dataSource);
        bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        bean.setManagedTypes(PersistenceManagedTypes.of(Order.class.getName()));
        bean.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "update"));
        bean.afterPropertiesSet();
        factory = bean.getObject();
        entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JpaTransactionManager(factory));
    }

    void place(String customer, String article) {
        Order order = new Order();
        order.id = UUID.randomUUID().toString();
        order.customer = customer;
        order.article = article;
        entities.persist(order);
    }

    List<String> of(String customer) {
        return entities.createQuery("SELECT o.article FROM HibernateOrder o WHERE o.customer = ?1", String.class)
                .setParameter(1, customer)
                .getResultList();
    }

    @Override
    public void close() {
        factory.close();
    }

    /** An order. */
    @Entity(name = "HibernateOrder")
    static class Order {
        @Id
        String id;

        String customer;
        String article;
    }
}

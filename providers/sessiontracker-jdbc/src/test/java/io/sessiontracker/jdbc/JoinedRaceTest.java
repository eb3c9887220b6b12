package io.sessiontracker.jdbc;

import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Transactions of several threads that use one key. */
class JoinedRaceTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 25;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldLoseNoUpdateAndMeetNoConflict(TestDatabase database) throws Exception {
        try (JoiningShop shop = new JoiningShop(database.database())) {
            shop.started();
            inParallel(THREADS, () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    boolean modify = round % 2 == 0;
                    shop.transaction().executeWithoutResult(status -> {
                        if (modify) {
                            shop.tracker
                                    .modify(Cart.class, shop.cart, cart -> cart.articles++)
                                    .orElseThrow();
                        } else {
                            Cart cart = shop.stored();
                            cart.articles++;
                            shop.tracker.update(cart).orElseThrow();
                        }
                        shop.order("tea");
                    });
                }
                return true;
            });

            assertThat(shop.stored().articles).isEqualTo(THREADS * ROUNDS);
            assertThat(shop.orders()).hasSize(THREADS * ROUNDS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldLetOneOfTwoFirstStarts(TestDatabase database) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (JoiningShop shop = new JoiningShop(database.database())) {
                CountDownLatch begun = new CountDownLatch(2);
                List<SessionResult<Cart>> results = inParallel(
                        2,
                        () -> shop.transaction().execute(status -> {
                            shop.order("tea");
                            arrive(begun);
                            return shop.tracker.start(new Cart(shop.cart));
                        }));

                assertThat(results).filteredOn(SessionResult::isSuccess).hasSize(1);
                assertThat(results)
                        .filteredOn(SessionResult::isFailure)
                        .singleElement()
                        .satisfies(
                                late -> assertThat(late.failure()).containsInstanceOf(SessionError.InProgress.class));
                assertThat(shop.orders()).hasSize(2);
            }
        }
    }

    /** The one that waits starts as soon as the other is rolled back. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldStartWhereTheFirstStartIsRolledBack(TestDatabase database) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (JoiningShop shop = new JoiningShop(database.database())) {
                CountDownLatch begun = new CountDownLatch(2);
                AtomicBoolean first = new AtomicBoolean(true);
                List<Cart> started = inParallel(
                        2,
                        () -> shop.transaction().execute(status -> {
                            arrive(begun);
                            Cart cart = shop.tracker.start(new Cart(shop.cart)).orElseThrow();
                            if (first.getAndSet(false)) {
                                status.setRollbackOnly();
                            }
                            return cart;
                        }));

                assertThat(started).extracting(Cart::getVersion).containsExactlyInAnyOrder(0L, 1L);
                assertThat(started)
                        .extracting(Cart::getId)
                        .contains(shop.stored().getId());
            }
        }
    }

    /**
     * A transaction waits for the writers outside of any, and they for it. One that InnoDB ends in a deadlock is repeated as a whole; no
     * other database may end one.
     */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldLoseNoUpdateOfOthers(TestDatabase database) throws Exception {
        try (JoiningShop shop = new JoiningShop(database.database())) {
            shop.started();
            inParallel(THREADS, () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    boolean joined = round % 2 == 0;
                    Callable<Cart> change = () -> shop.tracker
                            .modify(Cart.class, shop.cart, cart -> cart.articles++)
                            .orElseThrow();
                    if (joined) {
                        untilNotEnded(database, () -> shop.transaction().execute(status -> call(change)));
                    } else {
                        call(change);
                    }
                }
                return true;
            });

            assertThat(shop.stored().articles).isEqualTo(THREADS * ROUNDS);
        }
    }

    private static void arrive(CountDownLatch begun) {
        begun.countDown();
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T untilNotEnded(TestDatabase database, Callable<T> transaction) {
        while (true) {
            try {
                return call(transaction);
            } catch (IllegalStateException e) {
                if (database != TestDatabase.MARIADB
                        || !(NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLTransactionRollbackException)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T call(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}

package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls that are part of their caller's transaction, on one database. */
abstract class JoinedTransactionContract {

    private final TestDatabase kind;
    JoiningShop shop;
    ClosableSessionTracker tracker;

    JoinedTransactionContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        shop = new JoiningShop(kind.database());
        tracker = shop.tracker;
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldCommitWithTheCaller() {
        shop.transaction().executeWithoutResult(status -> {
            shop.order("tea");
            tracker.start(new Cart(shop.cart)).orElseThrow();
            assertThat(shop.isStored()).isTrue();
        });

        assertThat(shop.isStored()).isTrue();
        assertThat(shop.orders()).containsExactly("tea");
    }

    @Test
    void shouldRollBackWithTheCaller() {
        Cart before = shop.started();
        shop.rolledBack(() -> {
            shop.order("tea");
            tracker.modify(Cart.class, shop.cart, cart -> cart.articles++).orElseThrow();
            tracker.finish(Cart.class, shop.cart).orElseThrow();
            return tracker.start(new Cart(shop.cart + "-2")).orElseThrow();
        });

        assertThat(shop.stored().getVersion()).isEqualTo(before.getVersion());
        assertThat(shop.stored().articles).isZero();
        assertThat(tracker.peek(Cart.class, shop.cart + "-2").isFailure()).isTrue();
        assertThat(shop.orders()).isEmpty();
    }

    @Test
    void shouldBeATransactionOfItsOwnWithoutOne() {
        shop.started();

        assertThat(shop.isStored()).isTrue();
    }

    @Test
    void shouldSeeItsOwnChangesInQueries() {
        shop.transaction().executeWithoutResult(status -> {
            shop.started();
            assertThat(tracker.count(Cart.class)).isOne();
            assertThat(tracker.query(Cart.class).page().sessions()).hasSize(1);
            assertThat(tracker.query(Cart.class).where("all").deleteAll()).isOne();
            status.setRollbackOnly();
        });

        assertThat(tracker.count(Cart.class)).isZero();
    }

    @Test
    void shouldLetAnInstanceStartAgainAfterARollback() {
        Cart cart = new Cart(shop.cart);
        shop.rolledBack(() -> {
            tracker.start(cart).orElseThrow();
            cart.articles = 1;
            return tracker.update(cart).orElseThrow();
        });

        assertThat(cart.getVersion()).isZero();
        assertThat(cart.getId()).isEmpty();
        assertThatIllegalStateException().isThrownBy(cart::getStartedAt);
        tracker.start(cart).orElseThrow();
        assertThat(cart.getVersion()).isOne();
        assertThat(shop.stored().articles).isOne();
    }

    @Test
    void shouldLetAnInstanceBeUpdatedAgainAfterARollback() {
        Cart cart = shop.started();
        String id = cart.getId();
        Cart copy = shop.rolledBack(() -> {
            cart.articles++;
            tracker.update(cart).orElseThrow();
            cart.articles++;
            return tracker.updateAndGet(cart).orElseThrow();
        });

        assertThat(cart.getVersion()).isOne();
        assertThat(cart.getId()).isEqualTo(id);
        assertThat(copy.getVersion()).isEqualTo(2);
        tracker.update(cart).orElseThrow();
        assertThat(shop.stored().articles).isEqualTo(2);
        assertThat(shop.stored().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldLetAModifiedInstanceBeUpdatedAfterARollback() {
        shop.started();
        Cart modified = shop.rolledBack(() ->
                tracker.modify(Cart.class, shop.cart, cart -> cart.articles++).orElseThrow());

        assertThat(modified.getVersion()).isOne();
        assertThat(tracker.update(modified).orElseThrow().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldRestoreAnInstanceWhoseCommitFails() {
        Cart cart = shop.started();
        assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                    tracker.update(cart).orElseThrow();
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            throw new IllegalArgumentException("no");
                        }
                    });
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(cart.getVersion()).isOne();
        tracker.update(cart).orElseThrow();
    }

    @Test
    void shouldNotifyAfterCommit() {
        shop.transaction().executeWithoutResult(status -> {
            Cart cart = shop.started();
            tracker.update(cart).orElseThrow();
            tracker.modify(Cart.class, shop.cart, each -> each.articles++).orElseThrow();
            tracker.finish(Cart.class, shop.cart).orElseThrow();
            tracker.resume(Cart.class, shop.cart).orElseThrow();
            tracker.delete(Cart.class, shop.cart).orElseThrow();
            assertThat(shop.events).isEmpty();
        });

        assertThat(shop.events)
                .containsExactly(
                        "SessionStarted@1",
                        "SessionUpdated@2",
                        "SessionUpdated@3",
                        "SessionFinished@3",
                        "SessionResumed@3",
                        "SessionDeleted@3");
    }

    @Test
    void shouldNotNotifyAfterARollback() {
        shop.rolledBack(() -> shop.started());

        assertThat(shop.events).isEmpty();
    }

    @Test
    void shouldNotifyThoughACallbackOfTheCommitThrows() {
        assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public int getOrder() {
                            return HIGHEST_PRECEDENCE;
                        }

                        @Override
                        public void afterCommit() {
                            throw new IllegalArgumentException("no");
                        }
                    });
                    shop.started();
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(shop.events).containsExactly("SessionStarted@1");
    }

    @Test
    void shouldStoreAtOnceWhatAListenerChanges() {
        List<String> eventsAfterChange = new ArrayList<>();
        shop.listen(event -> {
            if (event.session().getVersion() == 1) {
                tracker.modify(Cart.class, shop.cart, cart -> cart.articles = 7).orElseThrow();
                eventsAfterChange.addAll(shop.events);
            }
        });
        shop.transaction().executeWithoutResult(status -> shop.started());

        assertThat(eventsAfterChange).containsExactly("SessionStarted@1", "SessionUpdated@2");
        assertThat(shop.stored().articles).isEqualTo(7);
    }

    @Test
    void shouldGoOnAfterAFailureThatWasToBeExpected() {
        Cart cart = shop.started();
        Cart other = shop.stored();
        tracker.update(other).orElseThrow();
        shop.transaction().executeWithoutResult(status -> {
            assertThat(tracker.update(cart).failure()).containsInstanceOf(SessionError.VersionConflict.class);
            assertThat(tracker.get(Cart.class, "none").failure()).containsInstanceOf(SessionError.NotFound.class);
            assertThat(tracker.start(new Cart(shop.cart)).failure()).containsInstanceOf(SessionError.InProgress.class);
            assertThat(tracker.resume(Cart.class, shop.cart).failure())
                    .containsInstanceOf(SessionError.AlreadyResumed.class);
            shop.order("tea");
        });

        assertThat(shop.orders()).containsExactly("tea");
    }

    @Test
    void shouldOnlyRollBackAfterAnSqlError() {
        SessionTracker broken = broken();
        assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                    shop.order("tea");
                    assertThatThrownBy(() -> broken.get(Cart.class, shop.cart))
                            .isInstanceOf(SessionStoreException.class)
                            .hasMessageContaining("cart/" + shop.cart);
                    assertThat(status.isRollbackOnly()).isTrue();
                }))
                .isInstanceOf(UnexpectedRollbackException.class);

        assertThat(shop.orders()).isEmpty();
    }

    @Test
    void shouldGoOnAfterAnSqlErrorInANestedTransaction() {
        SessionTracker broken = broken();
        Cart cart = shop.started();
        shop.transaction().executeWithoutResult(status -> {
            shop.order("tea");
            tracker.update(cart).orElseThrow();
            assertThatThrownBy(() -> nested().execute(inner -> broken.get(Cart.class, shop.cart)))
                    .isInstanceOf(SessionStoreException.class);
        });

        assertThat(shop.orders()).containsExactly("tea");
        assertThat(shop.stored().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldRollBackToASavepoint() {
        Cart outer = shop.started();
        Cart inner = new Cart(shop.cart + "-inner");
        shop.events.clear();
        shop.transaction().executeWithoutResult(status -> {
            tracker.update(outer).orElseThrow();
            nested().executeWithoutResult(savepoint -> {
                tracker.update(outer).orElseThrow();
                tracker.start(inner).orElseThrow();
                savepoint.setRollbackOnly();
            });
            assertThat(outer.getVersion()).isEqualTo(2);
        });

        assertThat(inner.getVersion()).isZero();
        assertThat(shop.stored().getVersion()).isEqualTo(2);
        assertThat(tracker.peek(Cart.class, inner.getKey()).isFailure()).isTrue();
        assertThat(shop.events).containsExactly("SessionUpdated@2");
    }

    @Test
    void shouldRestoreAnInstanceAtASavepointBeforeItsFirstCall() {
        Cart cart = shop.started();
        shop.transaction()
                .executeWithoutResult(status -> nested().executeWithoutResult(savepoint -> {
                    tracker.update(cart).orElseThrow();
                    savepoint.setRollbackOnly();
                }));

        assertThat(cart.getVersion()).isOne();
        assertThat(shop.stored().getVersion()).isOne();
    }

    @Test
    void shouldCommitAnInnerTransactionAlone() {
        Supplier<Cart> change = () ->
                tracker.modify(Cart.class, shop.cart, cart -> cart.articles++).orElseThrow();
        shop.started();
        shop.events.clear();
        shop.rolledBack(() -> {
            tracker.start(new Cart(shop.cart + "-outer")).orElseThrow();
            shop.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW).execute(status -> change.get());
            assertThat(shop.events).containsExactly("SessionUpdated@2");
            return change.get();
        });

        assertThat(shop.stored().getVersion()).isEqualTo(2);
        assertThat(tracker.peek(Cart.class, shop.cart + "-outer").isFailure()).isTrue();
        assertThat(shop.events).hasSize(1);
    }

    @Test
    void shouldNotJoinAReadOnlyTransaction() {
        shop.started();
        TransactionTemplate readOnly = shop.transaction();
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(status -> {
            tracker.get(Cart.class, shop.cart).orElseThrow();
            tracker.modify(Cart.class, shop.cart, cart -> cart.articles++).orElseThrow();
            status.setRollbackOnly();
        });

        assertThat(shop.stored().articles).isOne();
    }

    @Test
    void shouldRefuseAsyncCallsInATransaction() {
        shop.started();
        shop.transaction().executeWithoutResult(status -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> tracker.async().get(Cart.class, shop.cart))
                    .withMessageContaining("call the blocking tracker");
            assertThatIllegalStateException()
                    .isThrownBy(() -> tracker.async().modify(Cart.class, shop.cart, cart -> cart.articles++));
            assertThatIllegalStateException().isThrownBy(() -> tracker.async().getLocked(Cart.class, shop.cart));
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> tracker.async().query(Cart.class).where("all").deleteAll());
            assertThatIllegalStateException().isThrownBy(() -> tracker.async().start(new Cart("other")));
            assertThatIllegalStateException().isThrownBy(() -> tracker.async().expireSessions());
            assertThatIllegalStateException().isThrownBy(tracker::expireSessions);
            assertThatIllegalStateException()
                    .isThrownBy(() -> ReactiveSessionTracker.over(tracker.async())
                            .get(Cart.class, shop.cart)
                            .block());
        });

        assertThat(tracker.async().get(Cart.class, shop.cart).join().isSuccess())
                .isTrue();
        assertThat(shop.stored().articles).isZero();
        assertThat(tracker.count(Cart.class)).isOne();
    }

    @Test
    void shouldLockOutsideOfTheTransaction() {
        shop.started();
        shop.rolledBack(() -> {
            var held = tracker.getLocked(Cart.class, shop.cart).orElseThrow();
            tracker.update(held.session()).orElseThrow();
            return held;
        });

        assertThat(tracker.lock(Cart.class, shop.cart).failure())
                .containsInstanceOf(SessionError.LockNotAcquired.class);
        assertThat(shop.stored().getVersion()).isOne();
    }

    @Test
    void shouldRefuseAChangeThatModifiesAgain() {
        shop.started();
        shop.transaction()
                .executeWithoutResult(status -> assertThatIllegalStateException()
                        .isThrownBy(() -> tracker.modify(
                                Cart.class,
                                shop.cart,
                                cart -> tracker.modify(Cart.class, shop.cart, again -> again.articles++)
                                        .orElseThrow())));

        assertThat(shop.stored().getVersion()).isOne();
    }

    @Test
    void shouldPassOnWhatAChangeThrows() {
        shop.started();
        List<RuntimeException> thrown = List.of(new IllegalArgumentException("no"));
        shop.transaction()
                .executeWithoutResult(status -> assertThatThrownBy(() -> tracker.modify(Cart.class, shop.cart, cart -> {
                            throw thrown.get(0);
                        }))
                        .isSameAs(thrown.get(0)));
    }

    private TransactionTemplate nested() {
        return shop.transaction(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Returns a tracker whose statements fail. */
    private SessionTracker broken() {
        return shop.tracker(new JdbcDatabase(shop.database.dataSource(), shop.database.dialect(), "NONE_"));
    }
}

package io.sessiontracker.contract.tracker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.Test;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An authorizer is asked for every method of a tracker and its queries, before anything is done. */
interface TrackerAccessContract extends TrackerFixture {

    String KEY = "order-1";

    Map<String, List<Operation>> ASKED = Map.ofEntries(
            entry("start", List.of(Operation.WRITE)),
            entry("getOrStart", List.of(Operation.READ, Operation.WRITE)),
            entry("get", List.of(Operation.READ)),
            entry("getAll", List.of(Operation.READ)),
            entry("peek", List.of(Operation.READ)),
            entry("watch", List.of(Operation.READ)),
            entry("getFinished", List.of(Operation.READ)),
            entry("expiresAt", List.of(Operation.READ)),
            entry("refresh", List.of(Operation.WRITE)),
            entry("expire", List.of(Operation.WRITE)),
            entry("update", List.of(Operation.WRITE)),
            entry("updateAndGet", List.of(Operation.WRITE)),
            entry("modify", List.of(Operation.WRITE)),
            entry("modifyOrStart", List.of(Operation.WRITE)),
            entry("finish", List.of(Operation.END)),
            entry("finishAndGet", List.of(Operation.END)),
            entry("resume", List.of(Operation.WRITE)),
            entry("resumeAndGet", List.of(Operation.WRITE)),
            entry("delete", List.of(Operation.END)),
            entry("lock", List.of(Operation.LOCK)),
            entry("getLocked", List.of(Operation.LOCK, Operation.READ)),
            entry("count", List.of(Operation.QUERY)),
            entry("page", List.of(Operation.QUERY)),
            entry("stream", List.of(Operation.QUERY)),
            entry("finishAll", List.of(Operation.END)),
            entry("deleteAll", List.of(Operation.END)));

    /** Of those methods that are not about one session. */
    Set<String> WITHOUT_KEY = Set.of("count", "page", "stream", "finishAll", "deleteAll");

    @Test
    default void eachMethodShouldAskForWhatItDoes() throws Exception {
        for (Call call : calls()) {
            String namespace = namespace();
            SessionDataProvider data = data(namespace);
            Checkout read = started(data);
            List<SessionAccess> asked = new CopyOnWriteArrayList<>();

            call.on(authorized(data, locks(namespace), asked::add), read);

            String method = call.method().getName();
            String key = WITHOUT_KEY.contains(method) ? null : KEY;
            assertThat(asked)
                    .as(call.toString())
                    .allSatisfy(access -> assertThat(access.type()).isEqualTo("checkout"))
                    .allSatisfy(access -> assertThat(access.key()).isEqualTo(key))
                    // Without a stream of their own, other APIs read page by page.
                    .allSatisfy(access -> assertThat(access.method()).isIn(method, "page"))
                    .extracting(SessionAccess::operation)
                    .containsOnlyElementsOf(ASKED.get(method));
        }
    }

    @Test
    default void aRefusedMethodShouldSendNothing() throws Exception {
        String namespace = namespace();
        Checkout read = started(data(namespace));
        SessionDataProvider data = unused(SessionDataProvider.class, data(namespace));
        SessionLockProvider locks = unused(SessionLockProvider.class, locks(namespace));
        for (Call call : calls()) {
            for (Operation refused : ASKED.get(call.method().getName())) {
                SessionTracker tracker = authorized(data, locks, access -> {
                    if (access.operation() == refused) {
                        throw new SessionAccessDeniedException(access);
                    }
                });

                assertThatExceptionOfType(SessionAccessDeniedException.class)
                        .as(call + " without " + refused)
                        .isThrownBy(() -> call.on(tracker, read))
                        .satisfies(denied ->
                                assertThat(denied.access().operation()).isEqualTo(refused))
                        .withMessageContaining("(" + refused + ") of ")
                        .withMessageContaining("checkout");
            }
        }
    }

    @Test
    default void eachKeyOfManyShouldBeAskedFor() {
        SessionDataProvider data = data(namespace());
        List<String> asked = new CopyOnWriteArrayList<>();
        SessionTracker tracker = authorized(data, locks(namespace()), access -> {
            asked.add(access.key());
            if ("theirs".equals(access.key())) {
                throw new SessionAccessDeniedException(access);
            }
        });

        assertThat(tracker.getAll(Checkout.class, List.of("mine", "mine-too"))).isEmpty();
        assertThat(asked).containsExactly("mine", "mine-too");
        assertThatExceptionOfType(SessionAccessDeniedException.class)
                .isThrownBy(() -> tracker.getAll(Checkout.class, List.of("mine", "theirs")))
                .withMessage("Access denied: getAll (READ) of checkout/theirs");
    }

    @Test
    default void theCallersThreadShouldBeAsked() {
        List<Thread> asked = new CopyOnWriteArrayList<>();
        SessionTracker tracker =
                authorized(data(namespace()), locks(namespace()), access -> asked.add(Thread.currentThread()));

        tracker.start(new Checkout(KEY)).orElseThrow();
        tracker.modify(Checkout.class, KEY, checkout -> checkout.setCount(1)).orElseThrow();
        tracker.lock(Checkout.class, KEY).orElseThrow().close();

        assertThat(asked).hasSize(3).containsOnly(Thread.currentThread());
    }

    @Test
    default void theSweepShouldNotBeAsked() {
        SessionDataProvider data = data(namespace());
        SessionTracker everyone = tracker(data, KEPT);
        everyone.start(new Checkout(KEY), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        RecordingListener listener = new RecordingListener();
        ClosableSessionTracker nobody = builder(data, locks(namespace()), KEPT)
                .listener(listener)
                .types(List.of(Checkout.class))
                .authorizer(access -> {
                    throw new SessionAccessDeniedException(access);
                })
                .build();

        assertThat(nobody.expireSessions()).isEqualTo(1);
        assertThat(listener.events()).hasSize(1);
    }

    private Checkout started(SessionDataProvider data) {
        SessionTracker everyone = tracker(data, SessionTypeSettings.BUILT_IN);
        everyone.start(new Checkout(KEY)).orElseThrow();
        return everyone.get(Checkout.class, KEY).orElseThrow();
    }

    private SessionTracker authorized(
            SessionDataProvider data, SessionLockProvider locks, SessionAuthorizer authorizer) {
        return api().of(builder(data, locks, SessionTypeSettings.BUILT_IN), authorizer);
    }

    /** Returns a provider that fails the test when it is asked for anything that may need its server. */
    private static <P> P unused(Class<P> api, P provider) {
        return api.cast(Proxy.newProxyInstance(
                api.getClassLoader(), new Class<?>[] {api}, (proxy, method, arguments) -> {
                    assertThat(CompletionStage.class.isAssignableFrom(method.getReturnType()))
                            .as(method + " was called")
                            .isFalse();
                    return method.invoke(provider, arguments);
                }));
    }

    /** Every public method, with arguments by their types. */
    static List<Call> calls() {
        Stream<Call> ofTracker = Stream.of(SessionTracker.class.getMethods())
                .filter(method -> !Set.of("query", "expireSessions").contains(method.getName()))
                .map(method -> new Call(method, false));
        Stream<Call> ofQuery = Stream.of(SessionQuery.class.getMethods())
                .filter(method -> !SessionQuery.class.isAssignableFrom(method.getReturnType()))
                .map(method -> new Call(method, true));
        return Stream.concat(ofTracker, ofQuery)
                .filter(call -> !Modifier.isStatic(call.method().getModifiers()))
                .toList();
    }

    /** A call of a tracker's or a query's method. */
    record Call(Method method, boolean ofQuery) {

        void on(SessionTracker tracker, Session session) throws Exception {
            Object target = ofQuery ? tracker.query(Checkout.class).where("$Version ge '1'") : tracker;
            List<Object> arguments = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                arguments.add(argument(type, arguments, session));
            }
            Object answer;
            try {
                answer = method.invoke(target, arguments.toArray());
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause() instanceof Exception failure ? failure : thrown;
            }
            if (answer instanceof SessionResult.Success<?> success && success.value() instanceof AutoCloseable held) {
                held.close();
            } else if (answer instanceof Stream<?> stream) {
                assertThat(stream.toList()).hasSizeLessThan(2);
            } else if (answer instanceof AutoCloseable watch) {
                watch.close();
            }
            for (Object argument : arguments) {
                if (argument instanceof RecordingWatcher watcher
                        && !watcher.failures().isEmpty()) {
                    throw watcher.failures().get(0);
                }
            }
        }

        private static Object argument(Class<?> type, List<Object> before, Session session) {
            if (type == Class.class) {
                return Checkout.class;
            }
            if (type == String.class) {
                return before.contains(KEY) ? "operation-1" : KEY;
            }
            if (type == Session.class) {
                return session;
            }
            if (type == SessionEntryOptions.class) {
                return SessionEntryOptions.absolute(HOUR);
            }
            if (type == LockOptions.class) {
                return LockOptions.defaults().withWait(Duration.ZERO);
            }
            if (type == Collection.class) {
                return List.of(KEY);
            }
            if (type == Supplier.class) {
                return (Supplier<Checkout>) () -> new Checkout(KEY);
            }
            if (type == Consumer.class) {
                return (Consumer<Checkout>) checkout -> checkout.setCount(1);
            }
            assertThat(type).isEqualTo(SessionWatcher.class);
            return new RecordingWatcher();
        }
    }
}

package io.sessiontracker.contract.tracker;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.engine.OwnerSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Properties whose values the store does not show: they are found by equality, by any of the keys. */
interface TrackerBlindIndexContract extends TrackerFixture {

    String KEY = "order-1";
    String EMAIL = "email";
    String ANN = "ann@example.org";
    String BOB = "bob@example.org";

    /** Returns keys with these numbers, the last of them active. */
    private static SessionKeyProvider keys(int first, int last) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        IntStream.rangeClosed(first, last).forEach(number -> {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) number);
            keys.put("k" + number, key);
        });
        return SessionKeyProvider.of("k" + last, keys);
    }

    private static Checkout of(String key, String email) {
        Checkout checkout = new Checkout(key);
        checkout.getProperties().put(EMAIL, email);
        checkout.getProperties().put("region", "eu");
        return checkout;
    }

    private static SessionTypeSettings hiding() {
        return SessionTypeSettings.BUILT_IN
                .withIndexedProperties(Set.of("region"))
                .withBlindIndexed(Set.of(EMAIL));
    }

    private SessionTracker tracker(SessionDataProvider store, SessionCodec codec, SessionTypeSettings settings) {
        return api().of(new SessionTrackerBuilder(store, locks(namespace()), codec)
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .sweep(ON_DEMAND)
                .build());
    }

    private SessionTracker hiding(SessionDataProvider store, SessionKeyProvider keys) {
        return tracker(store, new EncryptingSessionCodec(new JacksonSessionCodec(), keys), hiding());
    }

    private static Map<String, String> stored(SessionDataProvider store, String key) {
        StoreReply reply = store.get(new SessionAddress("checkout", key), false)
                .toCompletableFuture()
                .join();
        return ((StoreReply.Done) reply).session().data().properties();
    }

    @Test
    default void aHiddenValueShouldBeFoundAndNotBeStored() {
        SessionDataProvider store = data(namespace());
        SessionTracker tracker = hiding(store, keys(1, 1));
        tracker.start(of(KEY, ANN)).orElseThrow();
        tracker.start(of("order-2", ANN)).orElseThrow();
        tracker.start(of("order-3", BOB)).orElseThrow();
        tracker.start(new Checkout("order-4")).orElseThrow();

        assertThat(stored(store, KEY).toString()).contains("region").doesNotContain("ann");
        assertThat(tracker.get(Checkout.class, KEY).orElseThrow().getProperties())
                .isEqualTo(Map.of(EMAIL, ANN, "region", "eu"));
        SessionQuery<Checkout> query = tracker.query(Checkout.class);
        assertThat(Checkouts.keys(query.where("email is '" + ANN + "'"))).containsExactlyInAnyOrder(KEY, "order-2");
        assertThat(Checkouts.keys(query.where("email in ['" + ANN + "','" + BOB + "'] and not region is 'us'")))
                .containsExactlyInAnyOrder(KEY, "order-2", "order-3");
        assertThat(Checkouts.keys(query.where("email is '" + BOB + "' or $Key is 'order-4'")))
                .containsExactlyInAnyOrder("order-3", "order-4");
        assertThat(query.where("email is 'none'").count()).isZero();
        assertThat(query.where("email in []").count()).isZero();

        tracker.modify(Checkout.class, KEY, it -> it.getProperties().put(EMAIL, BOB))
                .orElseThrow();
        assertThat(Checkouts.keys(query.where("email is '" + BOB + "'"))).containsExactlyInAnyOrder(KEY, "order-3");
        tracker.modify(Checkout.class, KEY, it -> it.getProperties().remove(EMAIL))
                .orElseThrow();
        assertThat(stored(store, KEY)).containsOnlyKeys("region");
        assertThat(query.where("email is '" + BOB + "'").finishAll()).isOne();
        assertThat(tracker.getFinished(Checkout.class, "order-3").orElseThrow().getProperties())
                .containsEntry(EMAIL, BOB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email ne 'a'",
                "not email in ['a','b']",
                "has email",
                "email starts with 'a'",
                "email lt '1'",
                "email ge '2026-01-31T09:30:00Z'",
                "region is 'eu' and not (region is 'us' or email is 'a')"
            })
    default void aConditionThatAHashCannotAnswerShouldBeRefused(String filter) {
        SessionQuery<Checkout> query = hiding(data(namespace()), keys(1, 1)).query(Checkout.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.where("region is 'eu'").where(filter))
                .withMessageStartingWith(
                        "The property \"email\" of type \"checkout\" is blind-indexed: it is found by is and"
                                + " in, and not by ");
    }

    @Test
    default void sessionsOfEachKeyShouldBeFoundWhileKeysAreReplaced() {
        SessionDataProvider store = data(namespace());
        hiding(store, keys(1, 1)).start(of(KEY, ANN)).orElseThrow();
        SessionTracker both = hiding(store, keys(1, 2));
        both.start(of("order-2", ANN)).orElseThrow();
        SessionQuery<Checkout> anns = both.query(Checkout.class).where("email is '" + ANN + "'");
        assertThat(Checkouts.keys(anns)).containsExactlyInAnyOrder(KEY, "order-2");

        SessionTracker onlyNew = hiding(store, keys(2, 2));
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> onlyNew.peek(Checkout.class, KEY).isSuccess());
        both.modify(Checkout.class, KEY, checkout -> checkout.setCount(1)).orElseThrow();
        assertThat(Checkouts.keys(onlyNew.query(Checkout.class).where("email is '" + ANN + "'")))
                .containsExactlyInAnyOrder(KEY, "order-2");
    }

    @Test
    default void whatWasReadableShouldBeHiddenByTheNextWrite() {
        SessionDataProvider store = data(namespace());
        JacksonSessionCodec plain = new JacksonSessionCodec();
        tracker(store, plain, SessionTypeSettings.BUILT_IN.withIndexedProperties(Set.of(EMAIL)))
                .start(of(KEY, ANN))
                .orElseThrow();
        SessionTracker accepting =
                tracker(store, new EncryptingSessionCodec(plain, keys(1, 1)).acceptingPlain(), hiding());
        SessionQuery<Checkout> anns = accepting.query(Checkout.class).where("email is '" + ANN + "'");

        assertThat(Checkouts.keys(anns)).containsExactly(KEY);
        accepting.modify(Checkout.class, KEY, checkout -> checkout.setCount(1)).orElseThrow();
        assertThat(stored(store, KEY).toString()).doesNotContain("ann");
        assertThat(Checkouts.keys(anns)).containsExactly(KEY);
        assertThatExceptionOfType(SessionCodecException.class)
                .as("without the key")
                .isThrownBy(() -> tracker(store, plain, SessionTypeSettings.BUILT_IN)
                        .peek(Checkout.class, KEY)
                        .isSuccess());
    }

    /** Each encryption of the same value is another one. */
    @Test
    default void aRepeatedUpdateShouldBeRecognized() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        SessionTracker tracker = hiding(store, keys(1, 1));
        Checkout checkout = tracker.start(of(KEY, ANN)).orElseThrow();
        checkout.setAddress("mine");
        store.loseReplies(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.update(checkout).isSuccess());
        tracker.modify(Checkout.class, KEY, other -> other.setAddress("theirs")).orElseThrow();

        assertThat(tracker.update(checkout).orElseThrow().getVersion())
                .as("it was stored")
                .isEqualTo(2);
    }

    @Test
    default void anOwnersSessionsShouldBeKnownByEachKey() {
        SessionDataProvider store = data(namespace());
        hiding(store, keys(1, 1)).start(of(KEY, ANN)).orElseThrow();
        AtomicReference<String> name = new AtomicReference<>(ANN);
        SessionTracker tracker = api().of(
                        new SessionTrackerBuilder(
                                        store,
                                        locks(namespace()),
                                        new EncryptingSessionCodec(new JacksonSessionCodec(), keys(1, 2)))
                                .settings(new SessionTrackerSettings(
                                        hiding().withOwner(new OwnerSettings(EMAIL, Set.of())), Map.of()))
                                .sweep(ON_DEMAND),
                        () -> Optional.of(new SessionCaller(name.get(), Set.of())));
        tracker.start(of("order-2", ANN)).orElseThrow();

        assertThat(tracker.getAll(Checkout.class, List.of(KEY, "order-2"))).hasSize(2);
        assertThat(tracker.count(Checkout.class)).isEqualTo(2);
        tracker.modify(Checkout.class, KEY, checkout -> checkout.setCount(1)).orElseThrow();

        name.set(BOB);
        assertThat(tracker.get(Checkout.class, KEY).failure()).contains(new SessionError.NotFound("checkout", KEY));
        assertThat(tracker.count(Checkout.class)).isZero();
        for (Checkout refused : List.of(of(KEY, BOB), of("order-3", ANN))) {
            assertThatExceptionOfType(SessionAccessDeniedException.class)
                    .isThrownBy(() -> tracker.start(refused).isSuccess());
        }
    }
}

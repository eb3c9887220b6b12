package io.sessiontracker.contract.tracker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionProperty;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.filter.SessionFilterSyntaxException;
import io.sessiontracker.spi.SessionDataProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Fields that are properties, too. */
interface TrackerPropertyFieldContract extends TrackerFixture {

    @SessionType("parcel")
    class Parcel extends Session {
        @SessionProperty
        private @Nullable String receiver;

        @SessionProperty("kilograms")
        private double weight;

        @SessionProperty
        private @Nullable Instant due;

        private @Nullable String note;

        Parcel(String key) {
            super(key);
        }

        static Parcel of(String key, String receiver, double weight) {
            Parcel parcel = new Parcel(key);
            parcel.receiver = receiver;
            parcel.weight = weight;
            return parcel;
        }
    }

    /** An earlier release, which sets properties by hand. */
    @SessionType("parcel")
    class OldParcel extends Session {
        OldParcel(String key) {
            super(key);
        }
    }

    private SessionTypeSettings parcels(String... indexed) {
        SessionEntryOptions hour = SessionEntryOptions.absolute(HOUR);
        return new SessionTypeSettings(hour, null, hour, LockSettings.BUILT_IN, Set.of(indexed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "receiver"})
    default void aFieldShouldBeFoundAsItWasStored(String indexed) {
        SessionTracker tracker = tracker(parcels(indexed));
        tracker.start(Parcel.of("a", "ann", 2)).orElseThrow();
        Parcel second = tracker.start(Parcel.of("b", "ben", 10.5)).orElseThrow();
        SessionQuery<Parcel> query = tracker.query(Parcel.class);

        assertThat(keys(query.where("receiver is 'ann'"))).containsExactly("a");
        assertThat(keys(query.where("kilograms gt '9'"))).containsExactly("b");
        assertThat(keys(query.where("has due"))).isEmpty();

        tracker.modify(Parcel.class, "a", parcel -> {
                    parcel.receiver = "ben";
                    parcel.due = Instant.parse("2026-01-31T09:30:00Z");
                })
                .orElseThrow();
        second.receiver = null;
        tracker.update(second).orElseThrow();

        assertThat(keys(query.where("receiver is 'ben'"))).containsExactly("a");
        assertThat(keys(query.where("due lt '2026-01-31T10:00Z' and not receiver is 'ann'")))
                .containsExactly("a");
        assertThat(keys(query.where("not has receiver"))).containsExactly("b");
        assertThat(second.getProperties()).containsExactly(Map.entry("kilograms", "10.5"));
        assertThat(tracker.get(Parcel.class, "a").orElseThrow())
                .satisfies(read -> assertThat(read.getProperties())
                        .isEqualTo(Map.of("receiver", "ben", "kilograms", "2.0", "due", "2026-01-31T09:30:00Z")))
                .satisfies(read -> assertThat(read.receiver).isEqualTo("ben"));
    }

    @Test
    default void aFieldShouldTakeThePropertyOfASessionThatWasStoredWithoutIt() {
        SessionDataProvider data = data(namespace());
        OldParcel old = new OldParcel("a");
        old.getProperties().putAll(Map.of("receiver", "ann", "due", "2026-01-31T09:30:00Z", "colour", "red"));
        tracker(data, parcels()).start(old).orElseThrow();
        SessionTracker tracker = tracker(data, parcels());

        Parcel read = tracker.get(Parcel.class, "a").orElseThrow();

        assertThat(read.receiver).isEqualTo("ann");
        assertThat(read.due).isEqualTo("2026-01-31T09:30:00Z");
        read.note = "ring twice";
        tracker.update(read).orElseThrow();
        assertThat(keys(tracker.query(Parcel.class).where("receiver is 'ann' and has due")))
                .containsExactly("a");
        assertThat(tracker.peek(Parcel.class, "a").orElseThrow().getProperties())
                .containsEntry("colour", "red")
                .containsEntry("receiver", "ann");
    }

    @Test
    default void aPropertyShouldNotBeChangedInsteadOfItsField() {
        SessionTracker tracker = tracker(parcels("region"));
        Parcel parcel = tracker.start(Parcel.of("a", "ann", 2)).orElseThrow();
        parcel.getProperties().put("receiver", "ben");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.update(parcel).isSuccess())
                .withMessage(
                        "The property \"receiver\" of parcel/a is kept by the field Parcel.receiver; change that, and not getProperties()");

        parcel.receiver = "ben";
        parcel.getProperties().put("region", "eu");
        tracker.update(parcel).orElseThrow();
        parcel.receiver = "cem";
        tracker.update(parcel).orElseThrow();
        assertThat(keys(tracker.query(Parcel.class).where("receiver is 'cem' and region is 'eu'")))
                .containsExactly("a");
    }

    @Test
    default void aPropertyThatTheClassDoesNotHaveShouldBeRefused() {
        SessionTracker tracker = tracker(parcels("region"));
        Parcel parcel = Parcel.of("a", "ann", 2);
        parcel.getProperties().put("reciever", "ann");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.start(parcel).isSuccess())
                .withMessageContaining(
                        "\"reciever\" of parcel/a is none of those of its class, [due, kilograms, receiver, region]");
        assertThat(tracker.peek(Parcel.class, "a").isFailure()).isTrue();
    }

    @Test
    default void aFilterShouldNameOnlyPropertiesThatTheClassHas() {
        SessionQuery<Parcel> query = tracker(parcels("region")).query(Parcel.class);

        SessionFilterSyntaxException unknown = catchThrowableOfType(
                SessionFilterSyntaxException.class,
                () -> query.where("region is 'eu' and (has note)").count());
        assertThat(unknown)
                .hasMessageContaining("one of the properties [due, kilograms, receiver, region] or [$Key,")
                .hasMessageContaining("'note'");
        assertThat(unknown.position()).isEqualTo(24);
        SessionFilter built = SessionFilter.property("note").is("x");
        assertThat(catchThrowableOfType(
                                SessionFilterSyntaxException.class,
                                () -> query.where(built).count())
                        .position())
                .isZero();
        assertThat(query.where("$Key is 'a' and due lt '2026-01-31T09:30:00Z'").count())
                .isZero();
    }

    private static List<String> keys(SessionQuery<Parcel> query) {
        return query.stream().map(Session::getKey).toList();
    }
}

package io.sessiontracker.autoconfigure.types;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sessiontracker.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/** All types in a session's state are registered for Jackson. */
class SessionHintsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Payments.class,
                Card.class,
                Cash.class,
                Circle.class,
                Fallback.class,
                Square.class,
                Label.class,
                Argument.class
            })
    void shouldRegisterSubtypesAtEveryDepth(Class<?> type) {
        RuntimeHints hints = new RuntimeHints();
        new SessionHints(hints.reflection()).register(ResolvableType.forClass(Payments.class));

        assertThat(hints)
                .matches(RuntimeHintsPredicates.reflection()
                        .onType(type)
                        .withMemberCategories(
                                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.ACCESS_DECLARED_FIELDS));
    }

    @SuppressWarnings("unused")
    static class Payments extends Session {
        private List<Payment> payments;
        private Shape shape;

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
        @JsonSubTypes(@JsonSubTypes.Type(Square.class))
        private Object anything;

        private Special special;

        Payments(String key) {
            super(key);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Payment permits Card, Cash {}

    record Card(String last4) implements Payment {}

    @SuppressWarnings("unused")
    static final class Cash implements Payment {
        private Label label;
    }

    static class Label {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, defaultImpl = Fallback.class)
    @JsonSubTypes(@JsonSubTypes.Type(Circle.class))
    interface Shape {}

    static class Circle implements Shape {}

    static class Fallback implements Shape {}

    static class Square {}

    @SuppressWarnings("unused")
    static class Box<T> {
        private T value;
    }

    static class Special extends Box<Argument> {}

    static class Argument {}
}

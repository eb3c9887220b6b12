package io.sessiontracker.autoconfigure;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.WithSession;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.DuplicateSessionTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SessionClassesTest {

    private final ApplicationContextRunner runner =
            Applications.memory().withUserConfiguration(Applications.Known.class);

    @Test
    void shouldKnowApplicationsClassesFromStartUp() {
        runner.run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            assertThatExceptionOfType(DuplicateSessionTypeException.class)
                    .isThrownBy(() -> tracker.peek(AnotherCheckout.class, "order-7"))
                    .withMessageContaining("CheckoutSession");
            assertThatExceptionOfType(DuplicateSessionTypeException.class)
                    .isThrownBy(() -> tracker.peek(AnotherCart.class, "order-7"))
                    .withMessageContaining("Shop$Cart");
        });
    }

    @Test
    void shouldKnowNoClassesWithoutApplicationPackages() {
        Applications.memory()
                .run(context -> assertThat(context.getBean(SessionTracker.class)
                                .peek(AnotherCheckout.class, "order-7")
                                .isFailure())
                        .isTrue());
    }

    @Test
    void shouldWarnOnceOfConfiguredTypesWithoutClass(CapturedOutput output) {
        runner.withPropertyValues(
                        "session-tracker.types.chekout.lock.wait=1s",
                        "session-tracker.types.card.lock.wait=1s",
                        "session-tracker.types.checkout.lock.wait=1s",
                        "session-tracker.types.cart.lock.wait=1s")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).containsOnlyOnce("session-tracker.types: [card, chekout]");
                });
    }

    @Test
    void shouldNotWarnIfEveryConfiguredTypeIsKnown(CapturedOutput output) {
        runner.withPropertyValues("session-tracker.types.checkout.lock.wait=1s")
                .run(context -> assertThat(output).doesNotContain("session-tracker.types"));
    }

    @Test
    void shouldKnowAConfiguredClassWithoutAnnotation(CapturedOutput output) {
        runner.withPropertyValues(
                        "session-tracker.types.quiz-session.lock.wait=1s",
                        "session-tracker.types.template.lock.wait=1s",
                        "session-tracker.types.draft.lock.wait=1s")
                .run(context -> {
                    assertThat(context.getBean(ClosableSessionTracker.class).knownTypes())
                            .containsKey("quiz-session")
                            .doesNotContainKeys("poll-session", "template", "draft");
                    assertThat(output).containsOnlyOnce("session-tracker.types: [draft, template]");
                });
    }

    @Test
    void shouldKnowClassOfMethodParameter() {
        Applications.memory()
                .withConfiguration(AutoConfigurations.of(WithSessionAutoConfiguration.class))
                .withBean(Handler.class)
                .run(context -> assertThat(
                                context.getBean(ClosableSessionTracker.class).knownTypes())
                        .containsEntry("far-away", FarAway.class));
    }

    static class Handler {
        @WithSession(key = "#id")
        public void handle(String id, FarAway session) {}
    }

    /** Outside the application's packages; there are none here. */
    @SessionType("far-away")
    static class FarAway extends Session {
        FarAway(String key) {
            super(key);
        }
    }

    @SessionType("checkout")
    static class AnotherCheckout extends Session {
        AnotherCheckout(String key) {
            super(key);
        }
    }

    @SessionType("cart")
    static class AnotherCart extends Session {
        AnotherCart(String key) {
            super(key);
        }
    }
}

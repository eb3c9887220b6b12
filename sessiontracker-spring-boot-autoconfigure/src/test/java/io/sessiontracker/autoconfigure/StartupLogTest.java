package io.sessiontracker.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The log of an application that starts. */
@ExtendWith(OutputCaptureExtension.class)
class StartupLogTest {

    @Test
    void shouldSummarizeInOneLine(CapturedOutput output) {
        Applications.memory()
                .withUserConfiguration(Applications.Known.class)
                .run(context -> assertThat(output.getOut().lines().filter(line -> line.contains("Session tracker:")))
                        .singleElement()
                        .asString()
                        .contains("namespace shop, sessions in InMemorySessionDataProvider, locks by"
                                + " InMemorySessionLockProvider, sweep every PT10S, known types [cart, checkout]"));
    }

    @Test
    void shouldSayWhatAStoreDoesNotPromise(CapturedOutput output) {
        SessionDataProvider memory = new InMemorySessionDataProvider();
        InvocationHandler eventual =
                (proxy, method, arguments) -> method.getName().equals("description")
                        ? StoreDescription.DEFAULT.withEstimatedClock().withEventualIndexes()
                        : method.invoke(memory, arguments);
        Applications.memory()
                .withBean(SessionDataProvider.class, () -> (SessionDataProvider) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {SessionDataProvider.class}, eventual))
                .run(context -> assertThat(output)
                        .contains("(deadlines by each process's estimate of the time, counts and queries may miss"
                                + " the latest changes)"));
    }

    @Test
    void shouldAcceptMockedTracker() {
        Applications.bare()
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> {
                    ((BeanDefinitionRegistry) beans).removeBeanDefinition("sessionTracker");
                    beans.registerSingleton("sessionTracker", Mockito.mock(ClosableSessionTracker.class));
                }))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldWarnOfUnknownSettings(CapturedOutput output) {
        Applications.memory()
                .withPropertyValues(
                        "session-tracker.defaults.sliding-expiraton=1m",
                        "session-tracker.types.checkout.lock.wait=1s",
                        "session-tracker.types.checkout.lock.waits=1s",
                        "session-tracker.sweeep.enabled=false")
                .run(context -> assertThat(output.getOut().lines().filter(line -> line.contains("nothing reads")))
                        .singleElement()
                        .asString()
                        .contains("[session-tracker.defaults.sliding-expiraton, session-tracker.sweeep.enabled,"
                                + " session-tracker.types.checkout.lock.waits]"));
    }

    @Test
    void shouldWarnOnceOfLifetimesWithoutUnit(CapturedOutput output) {
        Applications.memory()
                .withPropertyValues(
                        "session-tracker.defaults.sliding-expiration=20",
                        "session-tracker.types.checkout.absolute-expiration=30",
                        "session-tracker.types.checkout.expired-retention=0",
                        "session-tracker.types.checkout.finished.absolute-expiration=500ms",
                        "session-tracker.types.checkout.finished.sliding-expiration=1000")
                .run(context -> assertThat(output.getOut().lines().filter(line -> line.contains("below one second")))
                        .singleElement()
                        .asString()
                        .contains(
                                "WARN",
                                "session-tracker.defaults.sliding-expiration is 20 ms: was 20m, or 20s, meant?",
                                "session-tracker.types.checkout.absolute-expiration is 30 ms: was 30m, or 30s, meant?",
                                "session-tracker.types.checkout.finished.absolute-expiration is 500 ms")
                        .doesNotContain("retention", "finished.sliding-expiration"));
    }

    @Test
    void shouldNotWarnOfValidSettings(CapturedOutput output) {
        Applications.memory()
                .withPropertyValues(
                        "session-tracker.types.checkout.indexed-properties[0]=tenant",
                        "session-tracker.types.checkout.finished.absolute-expiration=none",
                        "session-tracker.sweep.batch-size=7")
                .run(context -> assertThat(output).doesNotContain("nothing reads", "below one second"));
    }
}

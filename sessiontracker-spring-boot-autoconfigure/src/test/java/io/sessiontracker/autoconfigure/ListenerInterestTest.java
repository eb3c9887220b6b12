package io.sessiontracker.autoconfigure;

import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import io.sessiontracker.autoconfigure.event.ApplicationEventBridge;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;

/** The events for which the tracker does work. */
@ExtendWith(OutputCaptureExtension.class)
class ListenerInterestTest {

    private final ApplicationContextRunner runner = Applications.memory()
            .withPropertyValues("session-tracker.defaults.expired-retention=1h", "session-tracker.sweep.enabled=false");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Annotated.class,
                AnnotatedWithTheEventAround.class,
                AnnotatedLazily.class,
                AnnotatedOnAPrototype.class,
                AnnotatedOnAScopedProxy.class,
                AnnotatedBehindAFactoryMethod.class,
                AnnotatedBehindAFactoryBean.class,
                ApplicationListenerBean.class,
                LambdaBean.class,
                LazyLambdaBean.class,
                PrototypeLambdaBean.class,
                ScopedApplicationListener.class,
                AnnotatedWithFallback.class
            })
    void shouldListenToNamedEventAndType(Class<?> configuration) {
        runner.withUserConfiguration(configuration).run(context -> {
            assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                    .isTrue();
            assertThat(listensTo(context, SessionExpired.class, Cart.class)).isFalse();
            assertThat(listensTo(context, SessionStarted.class, CheckoutSession.class))
                    .isFalse();
            assertThat(bridge(context).namedTypes()).containsExactly(CheckoutSession.class);
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {OfAnyType.class, OfAnySubclass.class, Raw.class, ByClass.class, ByOneOfTwoClasses.class})
    void shouldListenToAllTypesUnlessNamed(Class<?> configuration) {
        runner.withUserConfiguration(configuration).run(context -> {
            assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                    .isTrue();
            assertThat(listensTo(context, SessionExpired.class, Cart.class)).isTrue();
            assertThat(listensTo(context, SessionStarted.class, Cart.class)).isFalse();
            assertThat(bridge(context).namedTypes()).isEmpty();
        });
    }

    @Test
    void shouldListenToAllEventsUnlessNamed() {
        runner.withUserConfiguration(OfAnyKind.class).run(context -> {
            for (Class<?> event : SessionEvent.class.getPermittedSubclasses()) {
                assertThat(listensTo(context, event, CheckoutSession.class)).isTrue();
                assertThat(listensTo(context, event, Cart.class)).isFalse();
            }
            assertThat(bridge(context).namedTypes()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {OfAnyEvent.class, OfOtherEvents.class, InTransactions.class})
    void shouldNotListenWithoutSessionListener(Class<?> configuration) {
        runner.withUserConfiguration(configuration).run(context -> {
            assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                    .isFalse();
            assertThat(listensTo(context, SessionStarted.class, Cart.class)).isFalse();
        });
    }

    @Test
    void shouldListenInTransactions(CapturedOutput output) {
        runner.withUserConfiguration(InTransactions.class).run(context -> {
            assertThat(listensTo(context, SessionStarted.class, CheckoutSession.class))
                    .isTrue();
            assertThat(output).containsOnlyOnce("InTransactions.onExpired");
            assertThat(output).contains("is never called: sessions expire outside of transactions");
            assertThat(output).doesNotContain("InTransactions.onStarted");
        });
    }

    @Test
    void shouldWarnOfUnreachableListener(CapturedOutput output) {
        runner.withUserConfiguration(OfAnAbstractClass.class).run(context -> {
            assertThat(bridge(context).namedTypes()).isEmpty();
            assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                    .isFalse();
            assertThat(output).contains("OfAnAbstractClass.on(");
            assertThat(output).contains("is never called: Session is abstract; declare ? extends Session");
        });
    }

    @Test
    void shouldListenForParentContexts() {
        new ApplicationContextRunner()
                .withUserConfiguration(Annotated.class)
                .run(parent -> runner.withParent(parent.getSourceApplicationContext())
                        .run(context -> assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                                .isTrue()));
    }

    @ParameterizedTest
    @ValueSource(classes = {AnnotatedLazily.class, LazyLambdaBean.class})
    void shouldCreateNoBean(Class<?> configuration) {
        runner.withUserConfiguration(configuration).run(context -> {
            assertThat(listensTo(context, SessionExpired.class, CheckoutSession.class))
                    .isTrue();
            assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("lazy"))
                    .isFalse();
        });
    }

    private static boolean listensTo(
            AssertableApplicationContext context, Class<?> event, Class<? extends Session> type) {
        return bridge(context).listensTo(event, type);
    }

    private static ApplicationEventBridge bridge(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        return ApplicationEventBridge.to(context.getSourceApplicationContext());
    }

    @SessionType("cart")
    static final class Cart extends Session {
        Cart(String key) {
            super(key);
        }
    }

    static class Annotated {
        @EventListener
        void on(SessionExpired<CheckoutSession> expired) {}
    }

    static class AnnotatedWithTheEventAround {
        @EventListener
        void on(PayloadApplicationEvent<SessionExpired<CheckoutSession>> expired) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class AnnotatedLazily {
        @Bean
        @Lazy
        Annotated lazy() {
            return new Annotated();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnnotatedOnAPrototype {
        @Bean
        @Scope(AbstractBeanDefinition.SCOPE_PROTOTYPE)
        Annotated prototype() {
            return new Annotated();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnnotatedOnAScopedProxy {
        @Bean
        @Scope(scopeName = AbstractBeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        Annotated scoped() {
            return new Annotated();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnnotatedBehindAFactoryMethod {
        @Bean
        Object made() {
            return new Annotated();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnnotatedBehindAFactoryBean {
        @Bean
        FactoryBean<Annotated> made() {
            return new FactoryBean<>() {
                @Override
                public Annotated getObject() {
                    return new Annotated();
                }

                @Override
                public Class<?> getObjectType() {
                    return Annotated.class;
                }
            };
        }
    }

    static class ApplicationListenerBean
            implements ApplicationListener<PayloadApplicationEvent<SessionExpired<CheckoutSession>>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<SessionExpired<CheckoutSession>> event) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LambdaBean {
        @Bean
        ApplicationListener<PayloadApplicationEvent<SessionExpired<CheckoutSession>>> lambda() {
            return event -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyLambdaBean {
        @Bean
        @Lazy
        ApplicationListener<PayloadApplicationEvent<SessionExpired<CheckoutSession>>> lazy() {
            return event -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeLambdaBean {
        @Bean
        @Scope(AbstractBeanDefinition.SCOPE_PROTOTYPE)
        ApplicationListener<PayloadApplicationEvent<SessionExpired<CheckoutSession>>> prototype() {
            return ApplicationListener.forPayload(expired -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedApplicationListener {
        @Bean
        @Scope(scopeName = AbstractBeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        ApplicationListenerBean scoped() {
            return new ApplicationListenerBean();
        }
    }

    static class OfAnyType {
        @EventListener
        void on(SessionExpired<?> expired) {}
    }

    static class OfAnySubclass {
        @EventListener
        void on(SessionExpired<? extends Session> expired) {}
    }

    @SuppressWarnings("rawtypes")
    static class Raw {
        @EventListener
        void on(SessionExpired expired) {}
    }

    static class ByClass {
        @EventListener(SessionExpired.class)
        void on() {}
    }

    static class ByOneOfTwoClasses {
        @EventListener({ContextRefreshedEvent.class, SessionExpired.class})
        void on() {}
    }

    static class OfAnAbstractClass {
        @EventListener
        void on(SessionExpired<Session> event) {}
    }

    static class OfAnyKind {
        @EventListener
        void on(SessionEvent<CheckoutSession> event) {}
    }

    static class OfAnyEvent implements ApplicationListener<ApplicationEvent> {

        @EventListener
        void onObject(Object event) {}

        @EventListener
        void onRecord(Record event) {}

        @EventListener
        void onEvent(ApplicationEvent event) {}

        @EventListener
        void onPayload(PayloadApplicationEvent<?> event) {}

        @EventListener
        <T> void onGeneric(T event) {}

        @Override
        public void onApplicationEvent(ApplicationEvent event) {}
    }

    static class OfOtherEvents {

        @EventListener
        void onString(String event) {}

        @EventListener
        void onRefreshed(ContextRefreshedEvent event) {}

        @EventListener
        void onPayload(PayloadApplicationEvent<Set<String>> event) {}

        @EventListener
        void onSession(CheckoutSession event) {}
    }

    @EnableTransactionManagement
    static class InTransactions {

        @TransactionalEventListener
        void onExpired(SessionExpired<CheckoutSession> expired) {}

        @TransactionalEventListener
        void onStarted(SessionStarted<CheckoutSession> started) {}
    }

    @EnableTransactionManagement
    static class AnnotatedWithFallback {

        @TransactionalEventListener(fallbackExecution = true)
        void onExpired(SessionExpired<CheckoutSession> expired) {}
    }
}

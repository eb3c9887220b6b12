package io.sessiontracker.autoconfigure.types;

import java.util.function.BiConsumer;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.autoconfigure.settings.Lifetime;
import io.sessiontracker.redis.RedisSessionDataProvider;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything that a native image needs is found ahead of time. */
class AheadOfTimeTest {

    private static final String[] MEMORY = {"session-tracker.store=memory", "session-tracker.namespace=shop"};

    @Test
    void shouldIncludeScripts() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new SessionTrackerRuntimeHints().registerHints(hints, getClass().getClassLoader());

        var scripts = new PathMatchingResourcePatternResolver(RedisSessionDataProvider.class.getClassLoader())
                .getResources("classpath*:io/sessiontracker/**/*.lua");
        assertThat(scripts).hasSizeGreaterThan(10).allSatisfy(script -> {
            String url = script.getURL().toString();
            assertThat(hints)
                    .matches(RuntimeHintsPredicates.resource()
                            .forResource(url.substring(url.lastIndexOf("io/sessiontracker/"))));
        });
    }

    @Test
    void shouldRegisterSessionClassesAndTheirState() {
        processAheadOfTime((context, initializer) -> {
            RuntimeHints hints = context.getRuntimeHints();
            for (String type : new String[] {
                CheckoutSession.class.getName(), "io.sessiontracker.autoconfigure.sessions.known.Shop$Cart"
            }) {
                assertThat(hints)
                        .matches(RuntimeHintsPredicates.reflection()
                                .onType(org.springframework.aot.hint.TypeReference.of(type))
                                .withMemberCategories(
                                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                                        MemberCategory.INVOKE_DECLARED_METHODS,
                                        MemberCategory.ACCESS_DECLARED_FIELDS));
            }
            assertThat(hints).matches(RuntimeHintsPredicates.reflection().onType(io.sessiontracker.Session.class));
        });
    }

    @Test
    void shouldRegisterTypesOfFields() {
        processAheadOfTime((context, initializer) -> assertThat(context.getRuntimeHints())
                .matches(RuntimeHintsPredicates.reflection()
                        .onType(io.sessiontracker.autoconfigure.sessions.known.Shop.Article.class)));
    }

    @Test
    void shouldReadLifetimes() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new SessionTrackerRuntimeHints().registerHints(hints, getClass().getClassLoader());

        assertThat(hints)
                .matches(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(Lifetime.class.getMethod("valueOf", String.class)));
    }

    @Test
    @CompileWithForkedClassLoader
    @SuppressWarnings("unchecked")
    void shouldKnowSessionClassesWithoutScanning() {
        processAheadOfTime((context, className) -> TestCompiler.forSystem()
                .with(context)
                .compile(compiled -> {
                    GenericApplicationContext fresh = new GenericApplicationContext();
                    TestPropertyValues.of(MEMORY).applyTo(fresh);
                    compiled.getInstance(ApplicationContextInitializer.class, className)
                            .initialize(fresh);
                    try (fresh) {
                        fresh.refresh();
                        assertThat(fresh.getBean(SessionClasses.class).types())
                                .contains(CheckoutSession.class)
                                .hasSize(2);
                        fresh.getBean(SessionTracker.class)
                                .start(new CheckoutSession("key"))
                                .orElseThrow();
                    }
                }));
    }

    private static void processAheadOfTime(BiConsumer<TestGenerationContext, String> then) {
        TestGenerationContext generation = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(MEMORY).applyTo(context);
            context.register(App.class);
            String initializer = new ApplicationContextAotGenerator()
                    .processAheadOfTime(context, generation)
                    .canonicalName();
            generation.writeGeneratedContent();
            then.accept(generation, initializer);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    @Import(Applications.Known.class)
    static class App {}
}

package io.sessiontracker;

import java.util.Set;
import java.util.concurrent.Executor;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Dependencies between packages, and rules for all code. */
@AnalyzeClasses(
        packages = "io.sessiontracker",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    private static final String ROOT = "io.sessiontracker";
    private static final String[] SPRING = {"org.springframework..", "org.aopalliance.."};

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("filter")
            .definedBy(ROOT + ".filter..")
            .layer("root")
            .definedBy(ROOT)
            .layer("event")
            .definedBy(ROOT + ".event..")
            .layer("spi")
            .definedBy(ROOT + ".spi..")
            .layer("engine")
            .definedBy(ROOT + ".engine..")
            .layer("json")
            .definedBy(ROOT + ".json..")
            .layer("encryption")
            .definedBy(ROOT + ".encryption..")
            .layer("cache")
            .definedBy(ROOT + ".cache..")
            .layer("memory")
            .definedBy(ROOT + ".memory..")
            .layer("redis")
            .definedBy(ROOT + ".redis")
            .layer("redis.script")
            .definedBy(ROOT + ".redis.script..")
            .layer("redis.client")
            .definedBy(ROOT + ".redis.client..")
            .layer("redis.announcement")
            .definedBy(ROOT + ".redis.announcement..")
            .layer("redis.lock")
            .definedBy(ROOT + ".redis.lock..")
            .layer("redisson")
            .definedBy(ROOT + ".redisson..")
            .layer("jdbc")
            .definedBy(ROOT + ".jdbc..")
            .layer("dynamodb")
            .definedBy(ROOT + ".dynamodb..")
            .layer("spring")
            .definedBy(ROOT + ".spring..")
            .layer("autoconfigure")
            .definedBy(ROOT + ".autoconfigure..")
            .layer("reactive")
            .definedBy(ROOT + ".reactive..")
            .layer("micrometer")
            .definedBy(ROOT + ".micrometer..")
            .whereLayer("filter")
            .mayNotAccessAnyLayer()
            .whereLayer("root")
            .mayOnlyAccessLayers("filter")
            .whereLayer("event")
            .mayOnlyAccessLayers("root", "filter")
            .whereLayer("spi")
            .mayOnlyAccessLayers("event", "root", "filter")
            .whereLayer("engine")
            .mayOnlyAccessLayers("cache", "spi", "event", "root", "filter")
            .whereLayer("cache")
            .mayOnlyAccessLayers("spi")
            .whereLayer("json")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("encryption")
            .mayOnlyAccessLayers("spi", "root")
            .whereLayer("memory")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("redis")
            .mayOnlyAccessLayers("redis.announcement", "redis.client", "redis.script", "spi", "event", "root", "filter")
            .whereLayer("redis.announcement")
            .mayOnlyAccessLayers("redis.client", "redis.script", "spi", "event", "root", "filter")
            .whereLayer("redis.script")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("redis.client")
            .mayOnlyAccessLayers("redis.script", "spi", "event", "root", "filter")
            .whereLayer("redis.lock")
            .mayOnlyAccessLayers("redis.client", "redis.script", "spi", "event", "root", "filter")
            .whereLayer("redisson")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("jdbc")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("dynamodb")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("micrometer")
            .mayOnlyAccessLayers("spi", "event", "root", "filter")
            .whereLayer("reactive")
            .mayOnlyAccessLayers("root", "filter")
            .whereLayer("spring")
            .mayOnlyAccessLayers("reactive", "root")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule lettuceIsForRedisOnly = isFor("redis", "io.lettuce..", "org.springframework.data.redis..");

    @ArchTest
    static final ArchRule lettuceIsForRedisClientsOnly = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".redis", ROOT + ".redis.script..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..");

    @ArchTest
    static final ArchRule sqlIsForJdbcOnly = isFor(
            "jdbc", "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.springframework.transaction..");

    @ArchTest
    static final ArchRule springIsForItsModulesAndItsProvidersOnly = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".spring..", ROOT + ".autoconfigure..", ROOT + ".redis..", ROOT + ".jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPRING);

    @ArchTest
    static final ArchRule reactorIsForTheReactiveApiAndSpringOnly = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".reactive..", ROOT + ".spring..", ROOT + ".autoconfigure..")
            .and()
            .doNotBelongToAnyOf(ReactiveSessionAuthorizer.class, ReactiveSessionCallerResolver.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "org.reactivestreams..");

    @ArchTest
    static final ArchRule redissonIsForRedissonOnly = isFor("redisson", "org.redisson..");

    @ArchTest
    static final ArchRule jacksonIsForJsonOnly = isFor("json", "tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule caffeineIsForMemoryCacheAndDynamoDbOnly = classes()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".memory..", ROOT + ".cache..", ROOT + ".dynamodb..", ROOT + ".autoconfigure..")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage("com.github.benmanes.caffeine..")));

    @ArchTest
    static final ArchRule awsIsForDynamoDbOnly = isFor("dynamodb", "software.amazon..", "io.awspring..");

    @ArchTest
    static final ArchRule micrometerIsForMicrometerOnly = isFor("micrometer", "io.micrometer..");

    @ArchTest
    static final ArchRule springBootIsForAutoconfigurationOnly = isFor("autoconfigure", "org.springframework.boot..");

    @ArchTest
    static final ArchRule theApiUsesNoFramework = classes()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".filter..", ROOT + ".event..")
            .and()
            .doNotBelongToAnyOf(ReactiveSessionAuthorizer.class, ReactiveSessionCallerResolver.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".filter..",
                    ROOT + ".event..",
                    "java..",
                    "org.jspecify.annotations..",
                    "com.google.errorprone.annotations..");

    @ArchTest
    static final ArchRule noClassReadsTheWallClock = classes()
            .that()
            .resideOutsideOfPackage(ROOT + ".memory..")
            .and()
            // Its expiresAt uses the local clock for information only.
            .doNotHaveFullyQualifiedName(ROOT + ".engine.DefaultSessionLock")
            .and()
            // It corrects the machine's clock by the service's.
            .doNotHaveFullyQualifiedName(ROOT + ".dynamodb.DynamoDbCalls")
            .and()
            // The wall clock can only make a read touch a session earlier.
            .doNotHaveFullyQualifiedName(ROOT + ".redis.script.RecentTouches")
            .and()
            // With it a moment can only be longer ago: a copy in memory is used for a shorter time.
            .doNotHaveFullyQualifiedName(ROOT + ".spi.support.Moment")
            .should(not(accessTargetWhere(readsTheWallClock())));

    @ArchTest
    static final ArchRule noClassUsesTheCommonPool = classes()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".spi.support.BackgroundTasks")
            .should(not(accessTargetWhere(usesTheCommonPool())))
            .because("an application may fill it with calls that wait for just these tasks");

    @ArchTest
    static final ArchRule noClassPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noClassUsesJavaLogging =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(aPackage -> assertThat(aPackage.isAnnotatedWith(NullMarked.class))
                        .as(aPackage.getName())
                        .isTrue());
    }

    /** Excludes other modules' test jars. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** The auto-configuration may use every library. */
    private static ArchRule isFor(String packageName, String... libraries) {
        return classes()
                .that()
                .resideOutsideOfPackages(ROOT + "." + packageName + "..", ROOT + ".autoconfigure..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(libraries)))
                .because("only " + packageName + " uses " + Set.of(libraries));
    }

    /** Matches {@code now} and system clocks of java.time, and three older ways. */
    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        return DescribedPredicate.describe("reads the wall clock", access -> {
            String owner = access.getTargetOwner().getName();
            String method = access.getTarget().getName();
            return switch (owner) {
                case "java.lang.System" -> method.equals("currentTimeMillis");
                case "java.util.Calendar" -> method.equals("getInstance");
                case "java.util.Date" -> method.equals("<init>") && hasNoParameters(access);
                case "java.time.Clock", "java.time.InstantSource" ->
                    method.startsWith("system") || method.startsWith("tick");
                default -> owner.startsWith("java.time.") && method.equals("now");
            };
        });
    }

    /** Matches what runs tasks on the JDK's common pool, or on its one thread for delays, unless it is given an executor. */
    private static DescribedPredicate<JavaAccess<?>> usesTheCommonPool() {
        return DescribedPredicate.describe("uses the common pool", access -> {
            String method = access.getTarget().getName();
            return switch (access.getTargetOwner().getName()) {
                case "java.util.concurrent.ForkJoinPool" -> method.equals("commonPool");
                case "java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage" ->
                    method.equals("orTimeout")
                            || method.equals("completeOnTimeout")
                            || (method.endsWith("Async") || method.equals("delayedExecutor")) && !hasExecutor(access);
                default -> method.equals("parallelStream") || method.equals("parallel");
            };
        });
    }

    private static boolean hasExecutor(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Executor.class));
    }

    private static boolean hasNoParameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }
}

package io.sessiontracker.kotlin

import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes
import org.junit.jupiter.api.Test

/** The functions for Kotlin use the public API only, and Reactor only those of the reactive API. */
class KotlinArchitectureTest {
    private val main = ClassFileImporter().withImportOption(DoNotIncludeTests()).importPackages("io.sessiontracker.kotlin")

    @Test
    fun shouldUseOnlyThePublicApi() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(
            "io.sessiontracker",
            "io.sessiontracker.kotlin",
            "io.sessiontracker.reactive",
            "java..",
            "kotlin..",
            "kotlinx.coroutines..",
            "reactor.core..",
            "org.jetbrains.annotations",
            "org.jspecify.annotations",
        ).check(main)
    }

    @Test
    fun shouldNeedReactorForTheReactiveApiOnly() {
        classes().that().haveSimpleNameNotStartingWith("ReactiveSessionTrackerExtensions")
            .should().onlyDependOnClassesThat().resideOutsideOfPackages("reactor..", "io.sessiontracker.reactive")
            .check(main)
    }
}

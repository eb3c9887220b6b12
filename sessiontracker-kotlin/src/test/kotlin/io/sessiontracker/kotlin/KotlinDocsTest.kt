package io.sessiontracker.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path

/** The snippets of docs/kotlin.md are code of this package. */
class KotlinDocsTest {
    @Test
    fun shouldCompileEachSnippet() {
        val root = generateSequence(Path.of("").toAbsolutePath()) { it.parent }.first { Files.exists(it.resolve("mvnw")) }
        val code =
            tokens(Files.readString(root.resolve("sessiontracker-kotlin/src/test/kotlin/io/sessiontracker/kotlin/Carts.kt")))
        val snippets = SNIPPET.findAll(Files.readString(root.resolve("docs/kotlin.md"))).map { it.groupValues[1] }.toList()

        assertThat(snippets).hasSizeGreaterThan(3)
        assertThat(snippets).allSatisfy { assertThat(code).contains(tokens(it)) }
    }

    /** Ignores line breaks. */
    private fun tokens(code: String) = code.replace(Regex("\\s+"), "")

    private companion object {
        val SNIPPET = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
    }
}

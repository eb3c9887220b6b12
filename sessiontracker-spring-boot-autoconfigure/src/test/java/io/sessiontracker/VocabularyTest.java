package io.sessiontracker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The glossary of CONTRIBUTING.md holds: names, scripts and messages use its terms and none of the words that these replace. */
class VocabularyTest {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?<!:)//[^\\n]*");
    private static final Pattern LUA_COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(import|package) .*$");
    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");
    private static final Pattern TEST_NAME = Pattern.compile("\\b(?:class|interface|record|enum|void) (\\w+)");

    private final Set<String> replaced = replacedWords();

    @Test
    void shouldReadTheGlossary() {
        assertThat(replaced).contains("face", "told", "shelf", "glance").doesNotContain("not", "lease");
    }

    /** Identifiers and messages: comments and imported names are left out. */
    @Test
    void shouldNameNothingInMainCodeByAReplacedWord() throws IOException {
        assertThat(SourceTree.mainJava().flatMap(file -> violations(file, code(file))))
                .isEmpty();
    }

    @Test
    void shouldNameNoScriptByAReplacedWord() throws IOException {
        assertThat(SourceTree.scripts()
                        .flatMap(file -> violations(
                                file,
                                file.getFileName() + "\n"
                                        + LUA_COMMENT
                                                .matcher(SourceTree.read(file))
                                                .replaceAll(""))))
                .isEmpty();
    }

    @Test
    void shouldNameNoTestByAReplacedWord() throws IOException {
        assertThat(SourceTree.testJava()
                        .flatMap(file -> TEST_NAME
                                .matcher(code(file))
                                .results()
                                .flatMap(name -> violations(file, name.group(1)))))
                .isEmpty();
    }

    private Stream<String> violations(Path file, String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .filter(replaced::contains)
                .distinct()
                .map(word -> word + " in " + file);
    }

    private static String code(Path file) {
        String source = SourceTree.read(file);
        return IMPORT.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
    }

    /** The last column of the glossary. */
    private static Set<String> replacedWords() {
        String text = SourceTree.read(SourceTree.ROOT.resolve("CONTRIBUTING.md"));
        return text.substring(text.indexOf("## Vocabulary"))
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .flatMap(columns -> Arrays.stream(columns[columns.length - 1].split(",")))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

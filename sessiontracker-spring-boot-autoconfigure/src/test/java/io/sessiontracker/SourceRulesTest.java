package io.sessiontracker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules on the source files of all modules. */
class SourceRulesTest {

    private static final int MAX_LINES = 300;

    @Test
    void shouldFindTheSourcesOfAllModules() throws IOException {
        assertThat(SourceTree.mainJava())
                .hasSizeGreaterThan(250)
                .anyMatch(file -> file.endsWith("SessionTracker.java"))
                .anyMatch(file -> file.endsWith("RedisSessionDataProvider.java"))
                .anyMatch(file -> file.endsWith("TestClock.java"));
        assertThat(SourceTree.scripts()).anyMatch(file -> file.endsWith("start.lua"));
    }

    @Test
    void shouldHaveNoClassNameTwice() throws IOException {
        Map<Path, List<Path>> byName = SourceTree.mainJava()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(Path::getFileName));

        assertThat(byName.values()).allSatisfy(files -> assertThat(files).hasSize(1));
    }

    /** Except the interface with all that an application can do, which is mostly Javadoc. */
    @Test
    void shouldHaveNoLongFile() throws IOException {
        assertThat(SourceTree.mainJava()
                        .filter(file -> !file.endsWith("io/sessiontracker/SessionTracker.java"))
                        .filter(file -> SourceTree.read(file).lines().count() > MAX_LINES))
                .isEmpty();
    }
}

package io.sessiontracker.spi.state;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.state.IndexEntry.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexCoverTest {

    private static Optional<Set<Group>> cover(String filter) {
        return SessionFilter.parse(filter).accept(new IndexCover(Set.of("a", "b")));
    }

    @Test
    void shouldTakeTheSmallestPartOfAConjunction() {
        assertThat(cover("a in ['1','2'] and b is '3' and c is '4'")).hasValue(Set.of(new Group("b", "3")));
    }

    @Test
    void shouldTakeAllPartsOfADisjunction() {
        assertThat(cover("a is '1' or (b is '2' and not a is '3')"))
                .hasValue(Set.of(new Group("a", "1"), new Group("b", "2")));
    }

    @Test
    void shouldHaveNoneWhereAPartHasNone() {
        assertThat(cover("a is '1' or c is '2'")).isEmpty();
        assertThat(cover("a ne '1'")).isEmpty();
        assertThat(cover("has a")).isEmpty();
    }

    @Test
    void shouldKnowThatNothingMatches() {
        assertThat(cover("c in [] and a is '1'")).hasValue(Set.of());
    }

    @Test
    void shouldLoseNoPartOfALongDisjunction() {
        String same = String.join(" or ", Collections.nCopies(150, "a is '1'"));
        assertThat(cover(same + " or b is '2'")).hasValue(Set.of(new Group("a", "1"), new Group("b", "2")));

        String others =
                IntStream.range(0, 101).mapToObj(i -> "a is '" + i + "'").collect(Collectors.joining(" or "));
        assertThat(cover(others)).isEmpty();
    }
}

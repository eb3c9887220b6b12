package io.sessiontracker.spi.support;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NamespacesTest {

    @Test
    void shouldAcceptLettersDigitsAndSomePunctuation() {
        assertThat(Namespaces.require("My-shop_2:eu.west")).isEqualTo("My-shop_2:eu.west");
        assertThat(Namespaces.isValid("n".repeat(64))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a{b}", "a/b", "\u00e4"})
    void shouldRefuseOtherNames(String name) {
        assertThat(Namespaces.isValid(name)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Namespaces.require(name))
                .withMessageContaining("must be 1 to 64");
    }
}

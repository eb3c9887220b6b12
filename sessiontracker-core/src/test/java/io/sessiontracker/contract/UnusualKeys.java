package io.sessiontracker.contract;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Keys that a store's own key syntax, or a careless encoding, would stumble over. */
final class UnusualKeys implements ArgumentsProvider {

    static final List<String> KEYS = List.of(
            "  a  b ",
            "{",
            "}",
            "}{",
            "{}",
            "{}}{",
            "{a}b",
            "a{b}c",
            "a:b",
            ":",
            "::f",
            "a/b",
            "..",
            "*",
            "?[a-z]*",
            "%s%n",
            "\"'`",
            "\\",
            "\\x00",
            "null",
            "$1",
            "ä",
            "a\u0308",
            "ключ",
            "日本語",
            "😀",
            "\uFEFFa",
            "a\u2028",
            "k".repeat(512),
            "😀".repeat(128));

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return KEYS.stream().map(Arguments::of);
    }
}

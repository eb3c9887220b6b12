package io.sessiontracker.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Reads a text by recursive descent, a method for each rule of the grammar in {@link SessionFilter}, with one token of
 * look-ahead. Time is linear in the text; the stack is bounded by {@link Node#MAX_NESTING}.
 */
final class Parser {

    private static final Map<String, String> CLOSING = Map.of("[", "]", "{", "}", "(", ")");

    private final Lexer lexer;
    private final @Nullable Set<String> properties;
    private @Nullable Token previous;
    private Token current;
    private int nesting;

    private Parser(String text, @Nullable Set<String> properties) {
        this.properties = properties;
        this.lexer = new Lexer(text);
        this.current = lexer.next();
    }

    /** @param properties those that the filter may name, besides the fixed ones; null for any */
    static Node parse(String text, @Nullable Set<String> properties) {
        Parser parser = new Parser(text, properties);
        Node node = parser.disjunction();
        if (parser.current.kind() != Token.Kind.END) {
            throw parser.expected("'and', 'or' or the end");
        }
        return node;
    }

    private Node disjunction() {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(conjunction());
        } while (acceptKeyword("or"));
        return parts.size() == 1 ? parts.get(0) : Disjunction.of(parts);
    }

    private Node conjunction() {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(negation());
        } while (acceptKeyword("and"));
        return parts.size() == 1 ? parts.get(0) : Conjunction.of(parts);
    }

    private Node negation() {
        if (!current.isKeyword("not")) {
            return condition();
        }
        enter();
        Node negated = negation();
        nesting--;
        return Negation.of(negated);
    }

    private Node condition() {
        if (current.isSymbol("(")) {
            return group();
        }
        if (acceptKeyword("all")) {
            return new Everything();
        }
        if (acceptKeyword("has")) {
            return new Presence(name("a property's name"));
        }
        return comparison(name("a condition (a property's name, 'has', 'all', 'not' or '(')"));
    }

    private Node group() {
        enter();
        Node node = disjunction();
        if (!acceptSymbol(")")) {
            throw expected("'and', 'or' or ')'");
        }
        nesting--;
        return node;
    }

    private Node comparison(String property) {
        if (acceptKeyword("is") || acceptKeyword("eq")) {
            return new Membership(property, Set.of(value("a quoted value")));
        }
        if (acceptKeyword("ne")) {
            return Negation.of(new Membership(property, Set.of(value("a quoted value"))));
        }
        if (acceptKeyword("in")) {
            return new Membership(property, list());
        }
        if (acceptWord("starts")) {
            if (!acceptWord("with")) {
                throw expected("'with'");
            }
            return new Prefix(property, value("a quoted value"));
        }
        for (Comparison comparison : Comparison.values()) {
            if (acceptWord(comparison.word())) {
                return comparison(property, comparison);
            }
        }
        throw expected("'is', 'eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge' or 'starts with'");
    }

    private Node comparison(String property, Comparison comparison) {
        int start = current.start();
        String expected = Operands.expected(property);
        return Operands.comparison(property, comparison, value("a quoted value"))
                .orElseThrow(() -> new SessionFilterSyntaxException(
                        "expected " + expected + " after '" + comparison.word() + "', found another value", start));
    }

    private Set<String> list() {
        String closing = current.kind() == Token.Kind.SYMBOL ? CLOSING.get(current.text()) : null;
        if (closing == null) {
            return values("a quoted value or a list of them");
        }
        advance();
        if (acceptSymbol(closing)) {
            return Set.of();
        }
        Set<String> values = values("a quoted value or '" + closing + "'");
        if (!acceptSymbol(closing)) {
            throw expected("',', another value or '" + closing + "'");
        }
        return values;
    }

    private Set<String> values(String first) {
        Set<String> values = new LinkedHashSet<>();
        values.add(value(first));
        while (acceptSymbol(",") || current.isValue()) {
            // Doubling a quote is another language's escape; two values is hardly what its writer means.
            if (previous != null && previous.isValue() && previous.end() == current.start()) {
                throw expected("a comma or a blank");
            }
            values.add(value("a quoted value"));
        }
        return values;
    }

    private String name(String expected) {
        if (current.kind() != Token.Kind.NAME) {
            throw expected(expected);
        }
        if (PropertyNames.isUnknownFixed(current.text())) {
            throw expected("one of the fixed properties " + PropertyNames.FIXED);
        }
        if (properties != null
                && !properties.contains(current.text())
                && !current.text().startsWith("$")) {
            throw expected("one of the properties " + new TreeSet<>(properties) + " or " + PropertyNames.FIXED);
        }
        return advance().text();
    }

    private String value(String expected) {
        if (current.kind() == Token.Kind.OPEN_VALUE) {
            throw new SessionFilterSyntaxException(
                    "expected a closing quote for the value that begins at index " + current.start(), current.end());
        }
        if (current.kind() != Token.Kind.VALUE) {
            throw expected(expected);
        }
        return advance().text();
    }

    private void enter() {
        if (nesting == Node.MAX_NESTING) {
            throw new SessionFilterSyntaxException(
                    "'not' and '(' are nested more than " + Node.MAX_NESTING + " deep", current.start());
        }
        nesting++;
        advance();
    }

    private boolean acceptKeyword(String keyword) {
        return accept(current.isKeyword(keyword));
    }

    /** Accepts a word that is an operator only where one is expected, and else a name like any other. */
    private boolean acceptWord(String word) {
        return accept(current.kind() == Token.Kind.NAME && current.text().equalsIgnoreCase(word));
    }

    private boolean acceptSymbol(String symbol) {
        return accept(current.isSymbol(symbol));
    }

    private boolean accept(boolean it) {
        if (it) {
            advance();
        }
        return it;
    }

    private Token advance() {
        Token taken = current;
        previous = taken;
        current = lexer.next();
        return taken;
    }

    private SessionFilterSyntaxException expected(String what) {
        String after = previous == null ? "" : " after " + previous.describe();
        return new SessionFilterSyntaxException(
                "expected " + what + after + ", found " + current.describe(), current.start());
    }
}

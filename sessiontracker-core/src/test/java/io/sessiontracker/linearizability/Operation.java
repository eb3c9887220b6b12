package io.sessiontracker.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One call of one client, and its answer.
 *
 * @param id the session's id in the answer, if one came
 * @param called when it was called; all processes of a machine share this clock
 * @param returned when it returned, {@link #NEVER} if its outcome is unknown
 */
record Operation(
        String key,
        String client,
        Call call,
        Answer answer,
        @Nullable String id,
        long called,
        long returned) {

    static final long NEVER = Long.MAX_VALUE;

    Operation {
        if (answer.isUnknown()) {
            returned = NEVER;
        }
    }

    boolean precedes(Operation other) {
        return returned < other.called;
    }

    Operation withAnswer(Answer other) {
        return new Operation(key, client, call, other, id, called, returned);
    }

    Operation withCall(Call other) {
        return new Operation(key, client, other, answer, id, called, returned);
    }

    /** For people; times in microseconds since then. */
    String describe(long begin) {
        String end = returned == NEVER ? "?" : Long.toString((returned - begin) / 1000);
        return "%8d - %-8s %-5s %s -> %s".formatted((called - begin) / 1000, end, client, call, answer);
    }

    /** One line, for another process. */
    String line() {
        return Stream.of(
                        key,
                        client,
                        call.kind(),
                        call.tag(),
                        text(call.base()),
                        answer.outcome(),
                        text(answer.session()),
                        answer.actual(),
                        id == null ? "-" : id,
                        called,
                        returned)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    static Operation parse(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        return new Operation(
                words.get(0),
                words.get(1),
                new Call(Call.Kind.valueOf(words.get(2)), words.get(3), snapshot(words.get(4))),
                new Answer(Answer.Outcome.valueOf(words.get(5)), snapshot(words.get(6)), Long.parseLong(words.get(7))),
                words.get(8).equals("-") ? null : words.get(8),
                Long.parseLong(words.get(9)),
                Long.parseLong(words.get(10)));
    }

    private static String text(@Nullable Snapshot snapshot) {
        return snapshot == null ? "-" : snapshot.version() + ":" + snapshot.tags();
    }

    private static @Nullable Snapshot snapshot(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? null : new Snapshot(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }
}

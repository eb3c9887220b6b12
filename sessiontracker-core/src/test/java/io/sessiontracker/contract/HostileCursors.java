package io.sessiontracker.contract;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Texts in the place of a cursor: numbers out of any range, keys that none can be, and random changes of a good one. */
final class HostileCursors {

    private static final int CHANGES = 30;
    private static final String CHARACTERS = "0123456789-+/.:'\\\0\n\u00e4\ud800";

    private HostileCursors() {}

    static Stream<String> of(String cursor) {
        return Stream.concat(
                Stream.of(
                        "",
                        "/",
                        "//",
                        "0/0/",
                        "-1/0/k",
                        "256/0/k",
                        "-2147483648/0/k",
                        "2147483647/0/k",
                        "99999999999/0/k",
                        "0/-1/k",
                        "0/9223372036854775807/k",
                        "0/-9223372036854775808/k",
                        "0/0/" + "k".repeat(100_000),
                        "0/0/\0",
                        "0/0/\ud800",
                        "٣/٣/k",
                        cursor.substring(1),
                        cursor + cursor),
                Stream.generate(() -> changed(cursor)).limit(CHANGES));
    }

    private static String changed(String cursor) {
        Random random = ThreadLocalRandom.current();
        StringBuilder changed = new StringBuilder(cursor);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            changed.setCharAt(random.nextInt(changed.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return changed.toString();
    }
}
